package io.commandcenter.akm.router;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.config.RoutingConfig;
import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.contract.Call;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.RouteRequest;
import io.commandcenter.akm.contract.RouterCalls;
import io.commandcenter.akm.contract.RouterCalls.Message;
import io.commandcenter.akm.contract.RouterCalls.RouteAnswer;
import io.commandcenter.akm.core.money.Price;
import io.commandcenter.akm.core.routing.FixedPrices;
import io.commandcenter.akm.core.routing.StrategyName;
import io.commandcenter.akm.provider.Endpoint;
import io.commandcenter.akm.provider.Protocol;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** A router with the original configuration, fake rooms around it and a scripted upstream. */
final class RouterRig implements AutoCloseable {
  final Vertx vertx = Vertx.vertx();
  final Bus bus = new Bus(vertx);
  final TestTime time = new TestTime();
  final FakeRooms rooms = new FakeRooms();
  final ScriptedUpstream upstream = new ScriptedUpstream();
  final FixedPrices prices = FixedPrices.original();
  final Map<String, RoutingConfig.Provider> providers = new LinkedHashMap<>();
  final Map<String, RoutingConfig.Task> tasks = new LinkedHashMap<>();
  final Map<String, Endpoint> endpoints = new LinkedHashMap<>();
  Clock clock = time;
  LongSupplier monotonic = time;
  int maxAttempts = 3;
  Duration deadline = Duration.ofSeconds(60);
  String deployment;

  RouterRig() {
    provider("anthropic", Protocol.Embeddings.NONE, 100, 15_000_000L, "claude-3-5-sonnet");
    provider("openai", Protocol.Embeddings.EMBEDDING_MODELS, 60, 30_000_000L, "gpt-4");
    provider("google", Protocol.Embeddings.EMBEDDING_MODELS, 60, 1_000_000L, "gemini-pro");
    provider("local", Protocol.Embeddings.ANY_MODEL, null, 0L, "codellama", "mistral");
    endpoints.remove("google");
    task("code_generation", "anthropic");
    task("embeddings", "local");
    task("analysis", "openai");
    task("chat", "anthropic");
    key("key_anthropic", "anthropic", 1);
    key("key_openai", "openai", 1);
  }

  void provider(
      String name, Protocol.Embeddings embeddings, Integer rpm, Long rate, String... models) {
    var protocol = new PlainProtocol(name, !name.equals("local"), embeddings);
    var base = URI.create("http://" + name + ".test");
    endpoints.put(name, new Endpoint(name, protocol, base));
    providers.put(
        name,
        new RoutingConfig.Provider(
            name,
            name,
            !name.equals("google"),
            null,
            base,
            List.of(models),
            rpm,
            Price.flat(rate)));
  }

  void task(String name, String... targets) {
    tasks.put(
        name,
        new RoutingConfig.Task(
            name,
            StrategyName.PRIORITY,
            List.of(targets).stream()
                .map(provider -> new RoutingConfig.Target(provider, null, 1))
                .toList()));
  }

  void key(String id, String provider, int weight) {
    rooms.keys.add(FakeRooms.key(id, provider, weight, "active", null));
  }

  RouterRig start() {
    rooms.serve(bus);
    return deploy();
  }

  RouterRig deploy() {
    var config =
        new RoutingConfig(
            providers,
            tasks,
            List.of("anthropic", "openai", "google", "local"),
            List.of("a warning"));
    var settings =
        new ServerConfig.Router(
            deadline, maxAttempts, Duration.ofSeconds(3), Duration.ofSeconds(60), 1000, 1000);
    var router =
        new RouterVerticle(
            bus,
            config,
            settings,
            prices,
            upstream,
            endpoints,
            clock,
            monotonic,
            new SplittableRandom(5),
            true);
    deployment = await(vertx.deployVerticle(router));
    return this;
  }

  RouterRig realTime() {
    clock = Clock.systemUTC();
    monotonic = System::nanoTime;
    return this;
  }

  RouteAnswer route(RouteRequest request) {
    return await(bus.ask(RouterCalls.ROUTE, request));
  }

  Failure refusal(RouteRequest request) {
    return assertThrows(Failure.class, () -> route(request));
  }

  <Q extends Record, A extends Record> A ask(Call<Q, A> call, Q request) {
    return await(bus.ask(call, request));
  }

  static <T> T await(Future<T> future) {
    try {
      return future.await(10, TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new AssertionError("no answer within 10 seconds", e);
    }
  }

  /** Polls with a deadline, shorter than the router's slow refresh, which could hide a fault. */
  void eventually(BooleanSupplier condition) {
    within(8, condition);
  }

  void within(int seconds, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it did not come true within " + seconds + " seconds");
      }
      await(vertx.timer(5, TimeUnit.MILLISECONDS));
    }
  }

  static RouteRequest chat(String task) {
    return request(task, null, null, "a question", null, null);
  }

  static RouteRequest provider(String provider) {
    return request(null, provider, null, "a question", null, null);
  }

  static RouteRequest decisionOnly(String task) {
    return request(task, null, null, null, null, null);
  }

  static RouteRequest request(
      String task, String provider, String model, String prompt, Long deadlineMs, String maxUsd) {
    return new RouteRequest(
        task,
        provider,
        model,
        null,
        prompt,
        List.<Message>of(),
        List.of(),
        null,
        null,
        null,
        deadlineMs,
        maxUsd == null ? null : new BigDecimal(maxUsd),
        Map.of("team", "blue"),
        "tok_test");
  }

  static RouteRequest embed(String task, String... texts) {
    return new RouteRequest(
        task,
        null,
        null,
        null,
        null,
        null,
        List.of(texts),
        null,
        null,
        null,
        null,
        null,
        null,
        "tok_test");
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
