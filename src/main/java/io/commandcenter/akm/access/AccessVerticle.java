package io.commandcenter.akm.access;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.contract.AccessCalls;
import io.commandcenter.akm.contract.Call;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.ReadyCalls;
import io.commandcenter.akm.contract.ReadyCalls.Ready;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.core.crypto.BearerToken;
import io.commandcenter.akm.core.crypto.Seal;
import io.commandcenter.akm.store.AuditStore;
import io.commandcenter.akm.store.Database;
import io.commandcenter.akm.store.DenialLog;
import io.commandcenter.akm.store.TokenBudgets;
import io.commandcenter.akm.store.TokenStore;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the access calls; sealed, it answers each of them with SEALED and writes nothing. */
public final class AccessVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(AccessVerticle.class);
  private static final long LAST_USE_MS = 30_000;
  private static final int DENIALS_PER_MINUTE = 60;

  private final Bus bus;
  private final Database database;
  private final TokenStore store;
  private final AuditStore audit;
  private final Seal seal;
  private final Path dataDir;
  private final Map<String, String> environment;
  private final Clock clock;
  private final SecureRandom random;
  private Optional<Verification> verification = Optional.empty();

  /**
   * @param dataDir where the first start leaves its admin token
   * @param environment the process's variables
   */
  public AccessVerticle(
      Bus bus,
      Database database,
      AuditStore audit,
      Seal seal,
      Path dataDir,
      Map<String, String> environment,
      Clock clock,
      SecureRandom random) {
    this.bus = bus;
    this.database = database;
    store = new TokenStore(database, audit);
    this.audit = audit;
    this.seal = seal;
    this.dataDir = dataDir;
    this.environment = Map.copyOf(environment);
    this.clock = clock;
    this.random = random;
  }

  @Override
  public Future<?> start() {
    // Sealed or not: a token that could be guessed must not wait for the vault to open.
    var admin = AdminToken.of(environment);
    return seal instanceof Seal.Open open ? serve(open, admin) : serveSealed((Seal.Sealed) seal);
  }

  private Future<Void> serve(Seal.Open open, Optional<AdminToken> admin) {
    var desk = new Desk(bus, store, open.keyring(), admin, clock, random);
    var views = new TokenViews(desk, new TokenBudgets(database));
    var tokens = new Tokens(desk, views);
    var denials = new DenialLog(audit, clock, DENIALS_PER_MINUTE);
    var admissions = new Admissions(audit, clock);
    var verify = new Verification(store, open.keyring(), admin, admissions, denials, clock);
    verification = Optional.of(verify);
    bus.serve(AccessCalls.VERIFY, verify::verify);
    bus.serve(AccessCalls.MINT, tokens::mint);
    bus.serve(AccessCalls.LEASE, new Leases(desk)::lease);
    bus.serve(AccessCalls.ROTATE, tokens::rotate);
    bus.serve(AccessCalls.SHOW, views::show);
    bus.serve(AccessCalls.LIST, views::list);
    bus.serve(AccessCalls.REVOKE, tokens::revoke);
    bus.serve(AccessCalls.CHECK_PRINCIPAL, new PrincipalCheck(store, admin, clock)::check);
    bus.serve(ReadyCalls.ACCESS, ask -> Future.succeededFuture(new Ready(true, "open")));
    vertx.setPeriodic(LAST_USE_MS, timer -> writeLastUse(verify));
    return admin.isPresent() ? Future.succeededFuture() : bootstrap(tokens);
  }

  private Future<Void> serveSealed(Seal.Sealed refused) {
    AccessCalls.ALL.forEach(call -> refuse(call, refused.reason()));
    bus.serve(ReadyCalls.ACCESS, ask -> Future.succeededFuture(new Ready(false, refused.reason())));
    return Future.succeededFuture();
  }

  private <Q extends Record, A extends Record> void refuse(Call<Q, A> call, String reason) {
    bus.serve(call, ask -> Future.failedFuture(new Failure(Code.SEALED, reason)));
  }

  /** Data without any token gets one, in a file, so that somebody can come in. */
  private Future<Void> bootstrap(Tokens tokens) {
    return store.none().compose(none -> none ? leaveToken(tokens) : Future.succeededFuture());
  }

  private Future<Void> leaveToken(Tokens tokens) {
    var file = new BootstrapFile(dataDir);
    var token = BearerToken.mint(Scope.ADMIN.slug(), random);
    return vertx
        .executeBlocking(() -> file.write(token))
        .compose(
            written ->
                tokens
                    .add("bootstrap", Scope.ADMIN, "akm", token)
                    .recover(cause -> withdraw(file, cause)))
        .onSuccess(minted -> log.info("the first admin token is in {}", file.path()))
        .mapEmpty();
  }

  /** A file with a token that is none would keep the next start from leaving one. */
  private <T> Future<T> withdraw(BootstrapFile file, Throwable cause) {
    return vertx
        .executeBlocking(
            () -> {
              file.withdraw();
              return null;
            })
        .transform(done -> Future.failedFuture(cause));
  }

  private static Future<Void> writeLastUse(Verification verify) {
    return verify
        .writeLastUse()
        .onFailure(cause -> log.warn("when tokens were last used could not be written", cause));
  }

  @Override
  public Future<?> stop() {
    return verification.isPresent()
        ? writeLastUse(verification.get()).otherwiseEmpty()
        : Future.succeededFuture();
  }
}
