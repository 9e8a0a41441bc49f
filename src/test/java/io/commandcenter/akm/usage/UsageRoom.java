package io.commandcenter.akm.usage;

import static io.commandcenter.akm.testkit.TestVertx.await;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.config.PriceFile;
import io.commandcenter.akm.config.RoutingConfig;
import io.commandcenter.akm.config.ServerConfig.BudgetSettings;
import io.commandcenter.akm.contract.BudgetCalls;
import io.commandcenter.akm.contract.BudgetCalls.BudgetView;
import io.commandcenter.akm.contract.BudgetCalls.ShowBudget;
import io.commandcenter.akm.contract.Facts;
import io.commandcenter.akm.contract.Facts.BudgetCrossed;
import io.commandcenter.akm.contract.Facts.UsageRecorded;
import io.commandcenter.akm.contract.UsageCalls;
import io.commandcenter.akm.contract.UsageCalls.Held;
import io.commandcenter.akm.contract.UsageCalls.Hold;
import io.commandcenter.akm.contract.UsageCalls.Settle;
import io.commandcenter.akm.contract.UsageCalls.Settled;
import io.commandcenter.akm.core.crypto.Keyring;
import io.commandcenter.akm.core.crypto.Seal;
import io.commandcenter.akm.core.money.Catalogue;
import io.commandcenter.akm.core.money.ModelCatalogue;
import io.commandcenter.akm.core.money.Price;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.core.money.Usd;
import io.commandcenter.akm.exchange.Settling;
import io.commandcenter.akm.store.AuditStore;
import io.commandcenter.akm.store.Database;
import io.commandcenter.akm.testkit.TestVertx;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The usage room over a real bus and a real file, with the original configuration's prices: 15 USD
 * a million tokens at anthropic, 30 at openai, the price file's at google and local.
 */
final class UsageRoom implements AutoCloseable {
  static final ModelCatalogue MODELS = new ModelCatalogue(PriceFile.parse(prices()));

  private static final Keyring KEYRING = Keyring.create(new SecureRandom());

  final TestVertx vertx = new TestVertx();
  final Bus bus = new Bus(vertx.vertx());
  final Database database;
  final SetClock clock;
  final Queue<BudgetCrossed> crossed = new ConcurrentLinkedQueue<>();
  final Queue<UsageRecorded> recorded = new ConcurrentLinkedQueue<>();

  /** As the router settles in the same process. */
  final Settling settling;

  private final String deployment;

  private UsageRoom(Path folder, SetClock clock, UsageSettings settings) {
    this.clock = clock;
    database = await(Database.open(vertx.vertx(), folder.resolve("akm.db")));
    bus.hear(Facts.BUDGET_CROSSED, crossed::add);
    bus.hear(Facts.USAGE_RECORDED, recorded::add);
    var verticle = new UsageVerticle(bus, database, audit(database), settings, clock);
    deployment = await(vertx.vertx().deployVerticle(verticle));
    settling = verticle.settling();
  }

  /** How a test wants its room; each step gives another setup. */
  record Setup(
      Path folder, SetClock clock, BudgetSettings budget, Webhook webhook, Price cap, String boot) {
    static Setup in(Path folder) {
      return new Setup(
          folder,
          new SetClock("2026-11-22T12:00:00Z"),
          new BudgetSettings(null, true, null, null),
          null,
          null,
          "boot-1");
    }

    Setup budget(String usd, boolean hard) {
      var settings = new BudgetSettings(Usd.toNanos(new BigDecimal(usd)), hard, null, null);
      return new Setup(folder, clock, settings, webhook, cap, boot);
    }

    Setup at(String now) {
      return new Setup(folder, new SetClock(now), budget, webhook, cap, boot);
    }

    Setup webhook(Webhook to) {
      return new Setup(folder, clock, budget, to, cap, boot);
    }

    Setup cap(Price price) {
      return new Setup(folder, clock, budget, webhook, price, boot);
    }

    Setup boot(String id) {
      return new Setup(folder, clock, budget, webhook, cap, id);
    }

    UsageRoom start() {
      return new UsageRoom(
          folder,
          clock,
          new UsageSettings(book(cap), MODELS, routing(), budget, webhook, boot, folder));
    }
  }

  private static AuditStore audit(Database database) {
    return AuditStore.of(database, new Seal.Open("vault_1", KEYRING), "main");
  }

  private static Catalogue book(Price cap) {
    return new Catalogue(
        MODELS,
        Map.of("anthropic", "anthropic", "openai", "openai", "google", "gemini", "local", "ollama"),
        Map.of("anthropic", Price.flat(15_000_000), "openai", Price.flat(30_000_000)),
        cap);
  }

  private static RoutingConfig routing() {
    Map<String, RoutingConfig.Provider> providers = new LinkedHashMap<>();
    add(providers, "anthropic", "anthropic", Price.flat(15_000_000), "claude-3-opus");
    add(providers, "openai", "openai", Price.flat(30_000_000), "gpt-4", "house-model");
    add(providers, "google", "google", null, "gemini-3.8-flash", "unpriced");
    add(providers, "local", "ollama", null, "mistral");
    return new RoutingConfig(providers, Map.of(), List.of(), List.of());
  }

  private static void add(
      Map<String, RoutingConfig.Provider> providers,
      String name,
      String protocol,
      Price price,
      String... models) {
    providers.put(
        name,
        new RoutingConfig.Provider(name, protocol, true, null, null, List.of(models), null, price));
  }

  private static String prices() {
    try {
      return Files.readString(Path.of("conf/prices.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Hold attempt(String requestId, String provider, String model, long input, long output) {
    return new Hold(
        requestId,
        1,
        "chat",
        "chat",
        provider,
        model,
        "key_1",
        "tok_1",
        input,
        output,
        clock.instant(),
        Map.of());
  }

  /** An attempt at anthropic: 15 USD a million tokens. */
  Hold attempt(String requestId, long input, long output) {
    return attempt(requestId, "anthropic", "claude-3-opus", input, output);
  }

  Future<Held> hold(Hold attempt) {
    return bus.ask(UsageCalls.HOLD, attempt);
  }

  Future<Settled> settle(Hold attempt, TokenUsage usage) {
    return settle(attempt, usage, "ok", 200, null);
  }

  Future<Settled> settle(
      Hold attempt, TokenUsage usage, String outcome, Integer status, String served) {
    return bus.ask(
        UsageCalls.SETTLE, new Settle("hold", attempt, usage, outcome, status, served, 42));
  }

  /** Holds and settles what was held. */
  Settled spend(String requestId, long input, long output) {
    var attempt = attempt(requestId, input, output);
    await(hold(attempt));
    return await(settle(attempt, TokenUsage.of(input, output)));
  }

  BudgetView budget() {
    return await(bus.ask(BudgetCalls.BUDGET, new ShowBudget()));
  }

  @Override
  public void close() {
    await(vertx.vertx().undeploy(deployment));
    await(database.close());
    vertx.close();
  }
}
