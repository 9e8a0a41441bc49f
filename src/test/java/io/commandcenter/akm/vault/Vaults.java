package io.commandcenter.akm.vault;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.config.PublicUrl;
import io.commandcenter.akm.config.RoutingConfig;
import io.commandcenter.akm.contract.AccessCalls;
import io.commandcenter.akm.contract.AuditCalls;
import io.commandcenter.akm.contract.AuditCalls.AuditRow;
import io.commandcenter.akm.contract.Call;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Facts;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.LeaseCalls;
import io.commandcenter.akm.contract.LeaseCalls.Lease;
import io.commandcenter.akm.contract.LeaseCalls.TakeLease;
import io.commandcenter.akm.contract.VaultCalls;
import io.commandcenter.akm.contract.VaultCalls.ChangeKey;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.contract.VaultCalls.SealKey;
import io.commandcenter.akm.core.crypto.Keyring;
import io.commandcenter.akm.core.crypto.Seal;
import io.commandcenter.akm.core.crypto.SealedSecret;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.provider.Downstream;
import io.commandcenter.akm.provider.Endpoint;
import io.commandcenter.akm.provider.Protocols;
import io.commandcenter.akm.provider.ProviderReply;
import io.commandcenter.akm.provider.ProviderRequest;
import io.commandcenter.akm.provider.Upstream;
import io.commandcenter.akm.store.AuditStore;
import io.commandcenter.akm.store.Database;
import io.commandcenter.akm.testkit.Configs;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** A vault over a real data file, with a provider that a test answers for. */
final class Vaults implements AutoCloseable {
  static final SecureRandom RANDOM = new SecureRandom();
  static final String KEY = "sk-ant-api03-0123456789abcdefghijklx9AA";
  static final String NEXT = "sk-ant-api03-9876543210zyxwvutsrqponm7BB";
  static final String BY = "tok_tester";

  final Vertx vertx;
  final Bus bus;
  final MovingClock clock = new MovingClock();
  final PublicUrl publicUrl = new PublicUrl();
  final Provider provider = new Provider();
  final FakeMinter minter = new FakeMinter();

  /** What the access room says of whoever asked for a one-time page. */
  volatile AccessCalls.PrincipalState asker =
      new AccessCalls.PrincipalState(true, true, "operator");

  final List<Facts.KeyChanged> facts = new CopyOnWriteArrayList<>();
  final Map<String, Endpoint> endpoints = new HashMap<>();
  final Database database;
  final Seal seal;
  private final Map<String, String> environment;

  /**
   * Laid over the shipped akm.json at the next start; without a trial, a rotation shifts at once.
   */
  final JsonObject settings =
      new JsonObject().put("vault", new JsonObject().put("canary_percent", 0));

  private VaultVerticle verticle;
  private String deployment;

  /** Answers key checks as told, and notes what it was asked. */
  static final class Provider implements Upstream {
    volatile KeyVerdict verdict = new KeyVerdict("valid", 200, "the provider takes the key");

    /** Instead of the verdict at once. */
    volatile Function<Secret, Future<KeyVerdict>> verdicts = key -> this.answer.get();

    volatile Supplier<Future<KeyVerdict>> answer = () -> Future.succeededFuture(verdict);
    final List<Endpoint> asked = new CopyOnWriteArrayList<>();
    final List<Secret> keys = new CopyOnWriteArrayList<>();

    @Override
    public Future<ProviderReply> send(
        Endpoint endpoint, Secret key, ProviderRequest request, Duration timeLeft) {
      return Future.failedFuture("not asked for here");
    }

    @Override
    public Future<ProviderReply> live(
        Endpoint endpoint, Secret key, Live request, Duration timeLeft, Downstream down) {
      return Future.failedFuture("not asked for here");
    }

    @Override
    public Future<KeyVerdict> check(Endpoint endpoint, Secret key, Duration timeLeft) {
      asked.add(endpoint);
      keys.add(key);
      return verdicts.apply(key);
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }

  private Vaults(Vertx vertx, Path folder, Map<String, String> environment, Seal seal) {
    this.vertx = vertx;
    bus = new Bus(vertx);
    this.environment = environment;
    this.seal = seal;
    settings.put("data_dir", folder.toString());
    database = await(Database.open(vertx, folder.resolve("akm.db")));
    endpoint("anthropic", "https://api.anthropic.com");
    endpoint("openai", "https://api.openai.com/v1");
    bus.hear(Facts.KEY_CHANGED, facts::add);
    if (seal instanceof Seal.Open open) {
      prepare(SelfTest.seal(open.keyring(), open.vaultId()));
    }
    bus.serve(AccessCalls.CHECK_PRINCIPAL, ask -> Future.succeededFuture(asker));
    deploy();
  }

  /** What the making of a vault leaves. */
  private void prepare(SealedSecret selfTest) {
    await(
        database.write(
            connection ->
                connection
                    .preparedQuery("insert or ignore into self_test values (1, ?, ?)")
                    .execute(
                        Tuple.tuple().addValue(selfTest.blob()).addLong(selfTest.dataKeyId()))));
  }

  static Vaults open(Path folder) {
    return open(folder, Map.of());
  }

  static Vaults open(Path folder, Map<String, String> environment) {
    return open(Vertx.vertx(), folder, environment);
  }

  static Vaults open(Vertx vertx, Path folder, Map<String, String> environment) {
    return new Vaults(
        vertx, folder, environment, new Seal.Open("vault_1", Keyring.create(new SecureRandom())));
  }

  /**
   * One whose keyring is in its data, under the master key of {@code key}, as the service makes it.
   */
  static Vaults stored(Path folder, Path key) {
    var vertx = Vertx.vertx();
    var database = await(Database.open(vertx, folder.resolve("akm.db")));
    var seal =
        await(
            Unsealing.open(
                vertx,
                database,
                Map.of("AKM_MASTER_KEY_FILE", key.toString()),
                Configs.server(new JsonObject().put("data_dir", folder.toString())),
                Clock.systemUTC(),
                RANDOM));
    await(database.close());
    await(vertx.close());
    return new Vaults(Vertx.vertx(), folder, Map.of(), seal);
  }

  static Vaults sealed(Path folder) {
    return new Vaults(
        Vertx.vertx(), folder, Map.of(), new Seal.Sealed("the master key is missing; bring it"));
  }

  void endpoint(String name, String base) {
    var protocol = Protocols.named(name).orElse(null);
    endpoints.put(name, new Endpoint(name, protocol, URI.create(base)));
  }

  void deploy() {
    verticle = new VaultVerticle(setup());
    deployment = await(vertx.deployVerticle(verticle));
  }

  /** What looks at entered keys, with another patience. */
  EnteredKey entered(Duration timeout) {
    return new EnteredKey(VaultTools.of(vertx, setup(), (Seal.Open) seal), timeout);
  }

  VaultSetup setup() {
    return new VaultSetup(
        bus,
        database,
        AuditStore.of(database, seal, "main"),
        seal,
        Configs.server(settings),
        endpoints,
        routing(),
        provider,
        minter,
        publicUrl,
        environment,
        clock,
        RANDOM);
  }

  /** What a timer of the vault does every minute. */
  void lookAhead() {
    await(verticle.lookAhead());
  }

  void restart() {
    down();
    deploy();
  }

  /** Until {@link #deploy}. */
  void down() {
    await(vertx.undeploy(deployment));
  }

  private static RoutingConfig routing() {
    var providers = new HashMap<String, RoutingConfig.Provider>();
    for (var name : List.of("anthropic", "openai")) {
      var variable = name.toUpperCase(java.util.Locale.ROOT) + "_API_KEY";
      providers.put(
          name,
          new RoutingConfig.Provider(
              name,
              name,
              true,
              variable,
              null,
              List.of("model"),
              null,
              null,
              name.equals("openai") ? 90 : null,
              name.equals("openai")
                  ? new RoutingConfig.Minter("openai", "admin", "proj_1", null)
                  : null,
              null));
    }
    return new RoutingConfig(providers, Map.of(), List.of(), List.of());
  }

  KeyInfo add(String label, String key) {
    return ask(VaultCalls.SEAL, new SealKey("anthropic", label, Secret.of(key), 1, null, BY));
  }

  KeyInfo find(String keyId) {
    return ask(VaultCalls.FIND, new VaultCalls.FindKey(keyId));
  }

  KeyInfo change(Call<ChangeKey, KeyInfo> call, String keyId) {
    return ask(call, new ChangeKey(keyId, BY));
  }

  Lease lease(String keyId) {
    return ask(LeaseCalls.LEASE, new TakeLease(keyId, "req_1", null, BY));
  }

  List<AuditRow> audit() {
    return ask(AuditCalls.LIST, new AuditCalls.ListAudit(500, null)).rows();
  }

  long audited(String action) {
    return audit().stream().filter(row -> row.action().equals(action)).count();
  }

  /** The only value of the query's only row. */
  Object sql(String query) {
    return await(database.read(query, Tuple.tuple())).iterator().next().getValue(0);
  }

  /** Changes the data behind the vault's back. */
  void sqlWrite(String statement) {
    await(database.write(connection -> connection.query(statement).execute().mapEmpty()));
  }

  <Q extends Record, A extends Record> A ask(Call<Q, A> call, Q request) {
    return await(bus.ask(call, request));
  }

  <Q extends Record, A extends Record> Failure refused(Code code, Call<Q, A> call, Q request) {
    var failure = assertThrows(Failure.class, () -> ask(call, request));
    assertEquals(code, failure.code(), failure.detail());
    return failure;
  }

  static <T> T await(Future<T> future) {
    try {
      return future.await(10, SECONDS);
    } catch (TimeoutException e) {
      return fail("no answer within ten seconds", e);
    }
  }

  /** Waits on the timers of the vault itself. */
  void until(BooleanSupplier condition) {
    var end = System.nanoTime() + SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        fail("it did not come within ten seconds");
      }
      Thread.onSpinWait();
      await(vertx.timer(20, java.util.concurrent.TimeUnit.MILLISECONDS));
    }
  }

  @Override
  public void close() {
    await(vertx.undeploy(deployment));
    await(database.close());
    await(vertx.close());
  }
}
