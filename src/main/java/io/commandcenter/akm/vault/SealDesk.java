package io.commandcenter.akm.vault;

import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.SealCalls.RekeyProgress;
import io.commandcenter.akm.contract.SealCalls.SealStatus;
import io.commandcenter.akm.core.crypto.Seal;
import io.commandcenter.akm.store.AuditStore;
import io.commandcenter.akm.store.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows the seal and exchanges the keys behind it, one rekey at a time. */
public final class SealDesk {
  private static final Logger log = LoggerFactory.getLogger(SealDesk.class);

  /**
   * @param rekeyAfter encryptions of a data key after which it is exchanged; AES-GCM with random
   *     nonces is sound up to 2^32 (NIST SP 800-38D), this stays well below
   * @param batch texts that are sealed again in one transaction
   */
  record Limits(long rekeyAfter, int batch) {
    static final Limits USUAL = new Limits(1L << 30, 100);
  }

  private final Seal seal;
  private final RekeyTools tools;
  private final Custody custody;
  private final Limits limits;
  private final SealViews views;
  private final MasterRekey master;
  private final DataRekey data;
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile String lastFault;

  /**
   * @param custody null for a sealed vault
   */
  SealDesk(Seal seal, RekeyTools tools, Custody custody, Limits limits) {
    this.seal = seal;
    this.tools = tools;
    this.custody = custody;
    this.limits = limits;
    views = new SealViews(tools, limits);
    master = new MasterRekey(tools);
    data = new DataRekey(tools, limits.batch());
  }

  /** For the data directory without the service. */
  public static SealDesk offline(
      Vertx vertx,
      Database database,
      Seal seal,
      Map<String, String> environment,
      ServerConfig config,
      Clock clock,
      SecureRandom random) {
    var custody =
        seal instanceof Seal.Open open ? new Custody(open, new Providers(Map.of())) : null;
    var tools =
        RekeyTools.of(
            vertx,
            database,
            AuditStore.of(database, seal, config.audit().node()),
            MasterKeySource.of(environment, config),
            clock,
            random,
            custody == null ? keyring -> {} : custody::turnTo);
    return new SealDesk(seal, tools, custody, Limits.USUAL);
  }

  /** Answers for a sealed vault too, and reads only. */
  public Future<SealStatus> status() {
    return views.status(seal, custody);
  }

  public Future<RekeyProgress> progress() {
    return whenOpen(() -> views.progress(custody, busy.get(), lastFault));
  }

  /** A new master key in the place of the key file. */
  public Future<RekeyProgress> rekeyMaster(String by) {
    return alone(by, () -> master.begin(by)).compose(done -> progress());
  }

  /**
   * A master key that a person keeps; for the command line only, never from a request.
   *
   * @param passphrase whether the file holds one, and not a key
   */
  public Future<RekeyProgress> rekeyMaster(String by, Path newKeyFile, boolean passphrase) {
    return alone(by, () -> master.begin(by, tools.source().named(newKeyFile), passphrase))
        .compose(done -> progress());
  }

  /** Ends the old master key; a rekey of the data that waited for this goes on. */
  public Future<RekeyProgress> confirm(String by) {
    return alone(by, () -> master.confirm(by)).compose(done -> progress());
  }

  /** Until everything is sealed with the new data key. */
  public Future<RekeyProgress> rekeyDataToTheEnd(String by) {
    return alone(by, () -> run(by, false)).compose(done -> progress());
  }

  /** Answers when it has begun; one that runs already goes on. */
  Future<RekeyProgress> rekeyData(String by) {
    return whenOpen(
        () -> {
          Plain.noKeyIn(by);
          return tools
              .keyrings()
              .generations()
              .compose(
                  stored -> {
                    if (stored.size() > 1) {
                      throw MasterRekey.waiting(stored);
                    }
                    runBeside(by, false);
                    return progress();
                  });
        });
  }

  /** Goes on with a rekey of the data that was stopped; never fails. */
  void resume() {
    if (custody.inForce().dataKeyIds().size() > 1) {
      runBeside("akm", false);
    }
  }

  /** Begins a rekey of the data once its key has encrypted often enough; never fails. */
  Future<Void> rekeyIfDue() {
    var id = custody.inForce().primaryId();
    return tools
        .dataKeys()
        .encryptions(id)
        .onSuccess(
            encryptions -> {
              if (encryptions >= limits.rekeyAfter() && !busy.get()) {
                log.info("data key {} has encrypted {} times: a new one begins", id, encryptions);
                runBeside("akm", true);
              }
            })
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  private void runBeside(String by, boolean another) {
    if (busy.compareAndSet(false, true)) {
      run(by, another)
          .onFailure(cause -> log.warn("the rekey of the data waits: {}", lastFault))
          .onComplete(done -> busy.set(false));
    }
  }

  private Future<Void> run(String by, boolean another) {
    lastFault = null;
    return data.run(by, another)
        .onFailure(cause -> lastFault = sentence(cause))
        .onSuccess(
            left -> {
              if (!left.complete()) {
                lastFault =
                    (left.total() - left.done())
                        + " sealed texts do not open; rotate or delete their keys, then run `akm"
                        + " rekey data` again";
                log.error("the rekey of the data cannot end: {}", lastFault);
              }
            })
        .mapEmpty();
  }

  private static String sentence(Throwable cause) {
    if (cause instanceof Failure failure) {
      return failure.detail();
    }
    log.error("a fault in the rekey of the data", cause);
    return "a fault of the server, which is in its log; run `akm rekey data` again";
  }

  private <T> Future<T> alone(String by, Supplier<Future<T>> work) {
    return whenOpen(
        () -> {
          Plain.noKeyIn(by);
          if (!busy.compareAndSet(false, true)) {
            throw new Failure(Code.CONFLICT, "another rekey is running; wait until it has ended");
          }
          return Future.<T>succeededFuture()
              .compose(start -> work.get())
              .recover(SealDesk::notSealed)
              .onComplete(done -> busy.set(false));
        });
  }

  /** The vault is open: what is wrong with a source now is a conflict, not a seal. */
  private static <T> Future<T> notSealed(Throwable cause) {
    return Future.failedFuture(
        cause instanceof Failure failure && failure.code() == Code.SEALED
            ? new Failure(Code.CONFLICT, failure.detail())
            : cause);
  }

  private <T> Future<T> whenOpen(Supplier<Future<T>> work) {
    return seal instanceof Seal.Sealed sealed
        ? Future.failedFuture(new Failure(Code.SEALED, sealed.reason()))
        : Future.<T>succeededFuture().compose(start -> work.get());
  }
}
