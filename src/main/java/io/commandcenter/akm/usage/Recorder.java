package io.commandcenter.akm.usage;

import io.commandcenter.akm.contract.UsageCalls.Settle;
import io.commandcenter.akm.contract.UsageCalls.Settled;
import io.commandcenter.akm.core.money.Usd;
import io.commandcenter.akm.exchange.Settling;
import io.commandcenter.akm.store.Journal;
import io.commandcenter.akm.store.UsageRows.UsageRow;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes ended attempts without making anybody wait for a commit: each is in the journal before the
 * caller goes on, and in the database, together with many others, a moment later.
 */
final class Recorder implements Settling {
  private static final Logger log = LoggerFactory.getLogger(Recorder.class);
  private static final Duration GATHER = Duration.ofMillis(25);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final Context home;
  private final Ledger ledger;
  private final Object lock = new Object();
  private Journal journal;
  private List<UsageRow> waiting = new ArrayList<>();
  private List<UsageRow> unwritten = List.of();
  private boolean armed;
  private boolean failedBefore;
  private Future<Void> writing = Future.succeededFuture();

  /** Made on the usage verticle's context, where everything but {@link #settle} happens. */
  Recorder(Vertx vertx, Ledger ledger) {
    this.vertx = vertx;
    home = vertx.getOrCreateContext();
    this.ledger = ledger;
  }

  /** Writes what an earlier run has left in the journal; from then on attempts are taken. */
  Future<Void> start(Journal.Opened opened) {
    var left = new ArrayList<UsageRow>();
    for (var entry : opened.left()) {
      try {
        left.add(ledger.row(SettleCodec.decode(entry)));
      } catch (IOException e) {
        log.error("an entry of the usage journal cannot be read; it is passed over");
      }
    }
    return (left.isEmpty() ? Future.<Void>succeededFuture() : ledger.recordAll(left))
        .onSuccess(
            written -> {
              opened.journal().clearAll();
              journal = opened.journal();
              if (!left.isEmpty()) {
                log.info("{} attempts of the last run were taken from its journal", left.size());
              }
            });
  }

  @Override
  public Future<Settled> settle(Settle settle) {
    var row = ledger.row(settle);
    var entry = SettleCodec.encode(settle);
    boolean first;
    synchronized (lock) {
      if (!journal.append(entry)) {
        // Full: the database is slower than the attempts, or does not answer. Then each waits.
        return ledger.settle(settle);
      }
      waiting.add(row);
      first = !armed;
      armed = true;
    }
    if (first) {
      home.runOnContext(v -> vertx.setTimer(GATHER.toMillis(), timer -> write()));
    }
    return Future.succeededFuture(
        new Settled(row.costNanos(), Usd.ofNanos(row.costNanos()), false));
  }

  /**
   * Completes when all that was taken before is in the database; fails if it cannot be written now.
   * May be called from any context, and completes on the verticle's.
   */
  Future<Void> flush() {
    var done = Promise.<Void>promise();
    home.runOnContext(v -> writing.otherwiseEmpty().compose(w -> write()).onComplete(done));
    return done.future();
  }

  private Future<Void> write() {
    if (!writing.isComplete()) {
      return writing.otherwiseEmpty().compose(v -> write());
    }
    var rows = take();
    if (rows.isEmpty()) {
      return Future.succeededFuture();
    }
    boolean again = !unwritten.isEmpty() && failedBefore;
    writing =
        ledger
            .recordAll(rows)
            .onSuccess(
                written -> {
                  failedBefore = false;
                  unwritten = List.of();
                  journal.clear();
                })
            .onFailure(cause -> later(rows.size(), cause));
    // Behind what could not be written before, more has gathered.
    return again ? writing.compose(v -> write()) : writing;
  }

  private void later(int attempts, Throwable cause) {
    failedBefore = true;
    log.error(
        "{} attempts could not be written yet; they stay in the journal: {}",
        attempts,
        cause.getMessage());
    vertx.timer(AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS).onSuccess(v -> write());
  }

  /** What was not written before comes first, alone: its segment of the journal is still in use. */
  private List<UsageRow> take() {
    if (!unwritten.isEmpty()) {
      return unwritten;
    }
    synchronized (lock) {
      armed = false;
      if (waiting.isEmpty()) {
        return List.of();
      }
      unwritten = waiting;
      waiting = new ArrayList<>();
      journal.turn();
      return unwritten;
    }
  }
}
