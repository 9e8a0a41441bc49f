package io.commandcenter.akm.access;

import static io.commandcenter.akm.testkit.TestVertx.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.contract.AccessCalls;
import io.commandcenter.akm.contract.AccessCalls.LeaseToken;
import io.commandcenter.akm.contract.AccessCalls.MintToken;
import io.commandcenter.akm.contract.AccessCalls.MintedToken;
import io.commandcenter.akm.contract.AccessCalls.VerifyToken;
import io.commandcenter.akm.contract.AuditCalls.AuditRow;
import io.commandcenter.akm.contract.AuditCalls.ListAudit;
import io.commandcenter.akm.contract.Call;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Facts;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.Principal;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.contract.TokenLimits;
import io.commandcenter.akm.core.crypto.Keyring;
import io.commandcenter.akm.core.crypto.Seal;
import io.commandcenter.akm.store.AuditStore;
import io.commandcenter.akm.store.Database;
import io.commandcenter.akm.testkit.TestVertx;
import io.commandcenter.akm.vault.MovingClock;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The access room over a real file, with an admin. */
final class AccessRoom implements AutoCloseable {
  static final Principal ADMIN = new Principal("tok_admin", "root", Scope.ADMIN);
  private static final SecureRandom RANDOM = new SecureRandom();

  final TestVertx test = new TestVertx();
  final Bus bus = new Bus(test.vertx());
  final MovingClock clock = new MovingClock();
  final Map<String, String> environment = new HashMap<>();
  final List<Facts.TokenChanged> facts = new CopyOnWriteArrayList<>();
  final Database database;
  private final Path folder;
  private final Keyring keyring = Keyring.create(RANDOM);
  private String deployment;

  AccessRoom(Path folder) {
    this.folder = folder;
    bus.hear(Facts.TOKEN_CHANGED, facts::add);
    database = await(Database.open(test.vertx(), folder.resolve("akm.db")));
  }

  AccessRoom start() {
    var seal = new Seal.Open("vault_1", keyring);
    deployment =
        await(
            test.vertx()
                .deployVerticle(
                    new AccessVerticle(
                        bus,
                        database,
                        AuditStore.of(database, seal, "main"),
                        seal,
                        folder,
                        environment,
                        clock,
                        RANDOM)));
    return this;
  }

  void restart() {
    await(test.vertx().undeploy(deployment));
    start();
  }

  MintedToken mint(String scope, TokenLimits limits) {
    return ask(AccessCalls.MINT, new MintToken("root", scope, null, limits, ADMIN));
  }

  MintedToken lease(String parentToken, String scope, Long ttl, TokenLimits limits) {
    return ask(AccessCalls.LEASE, new LeaseToken("agent", ttl, scope, limits, verify(parentToken)));
  }

  MintedToken lease(String parentToken) {
    return lease(parentToken, null, null, TokenLimits.NONE);
  }

  Principal verify(String token) {
    return ask(AccessCalls.VERIFY, new VerifyToken(token));
  }

  <Q extends Record, A extends Record> A ask(Call<Q, A> call, Q request) {
    return await(bus.ask(call, request));
  }

  <Q extends Record, A extends Record> Failure refused(Code code, Call<Q, A> call, Q request) {
    var failure = assertThrows(Failure.class, () -> ask(call, request));
    assertEquals(code, failure.code(), failure.detail());
    return failure;
  }

  Failure unknown(String token) {
    return refused(Code.UNAUTHENTICATED, AccessCalls.VERIFY, new VerifyToken(token));
  }

  List<AuditRow> audit(String action) {
    return await(new AuditStore(database).page(new ListAudit(500, null))).rows().stream()
        .filter(row -> row.action().equals(action))
        .toList();
  }

  static TokenLimits models(String... models) {
    return new TokenLimits(null, List.of(models), null, null, null, null, null);
  }

  static TokenLimits usd(String total) {
    return new TokenLimits(null, null, null, null, new BigDecimal(total), null, null);
  }

  @Override
  public void close() {
    await(database.close().otherwiseEmpty());
    test.close();
  }
}
