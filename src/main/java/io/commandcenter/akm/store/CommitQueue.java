package io.commandcenter.akm.store;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/**
 * Natural group commit: one transaction at a time, holding every unit that queued while the last
 * one ran.
 *
 * <p>If any unit of a group fails, the group is rolled back and each of its units runs again in a
 * transaction of its own, so that one bad unit costs the others time, never their work. All state
 * is touched on one context.
 */
final class CommitQueue {
  static final int MAX_GROUP = 256;
  static final int MAX_QUEUED = 65_536;

  /**
   * @param home where the caller is told, so that a caller's code neither runs on the queue's
   *     context nor, by throwing, keeps the other callers of its group from hearing
   */
  private record Unit<T>(
      Function<SqlConnection, Future<T>> work, Promise<T> promise, Context home) {
    /** Runs the work; what it gives is told only after the commit, by running the result. */
    Future<Runnable> run(SqlConnection connection) {
      Future<T> result;
      try {
        result = work.apply(connection);
      } catch (RuntimeException e) {
        result = Future.failedFuture(e);
      }
      return result.map(value -> () -> home.runOnContext(v -> promise.complete(value)));
    }

    void fail(Throwable cause) {
      home.runOnContext(v -> promise.fail(cause));
    }
  }

  private final Context context;
  private final SqlConnection connection;
  private final Deque<Unit<?>> queue = new ArrayDeque<>();
  private Future<Void> running = Future.succeededFuture();
  private boolean busy;
  private boolean inDoubt;
  private boolean closed;

  CommitQueue(Context context, SqlConnection connection) {
    this.context = context;
    this.connection = connection;
  }

  <T> Future<T> add(Function<SqlConnection, Future<T>> work) {
    Promise<T> promise = Promise.promise();
    var caller = Vertx.currentContext();
    var unit = new Unit<>(work, promise, caller == null ? context : caller);
    context.runOnContext(
        v -> {
          if (closed || queue.size() >= MAX_QUEUED) {
            unit.fail(
                new Failure(
                    Code.UNAVAILABLE,
                    closed
                        ? "the store is closed; try again when the server runs"
                        : "the store is overloaded; try again shortly"));
            return;
          }
          queue.add(unit);
          drain();
        });
    return promise.future();
  }

  /** Takes no more units; ends when the queued ones are done. */
  Future<Void> close() {
    Promise<Void> promise = Promise.promise();
    context.runOnContext(
        v -> {
          closed = true;
          whenIdle(promise);
        });
    return promise.future().eventually(connection::close);
  }

  private void whenIdle(Promise<Void> promise) {
    if (!busy && queue.isEmpty()) {
      promise.complete();
    } else {
      running.onComplete(v -> context.runOnContext(w -> whenIdle(promise)));
    }
  }

  private void drain() {
    if (busy || queue.isEmpty()) {
      return;
    }
    busy = true;
    List<Unit<?>> group = new ArrayList<>();
    while (!queue.isEmpty() && group.size() < MAX_GROUP) {
      group.add(queue.poll());
    }
    running =
        commit(group)
            .recover(cause -> oneByOne(group, cause))
            .onComplete(done -> context.runOnContext(v -> next()));
  }

  private void next() {
    busy = false;
    drain();
  }

  /**
   * A transaction that is one. After a full disk SQLite has ended the last one by itself, and the
   * driver, which then fails to end it, takes the next for begun: each statement would be its own
   * commit, and what is refused would stay. See
   * https://sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction
   */
  private Future<Transaction> begin() {
    if (!inDoubt) {
      return connection.begin();
    }
    return attempt("rollback")
        .compose(ended -> connection.begin())
        .compose(transaction -> attempt("begin").map(transaction));
  }

  /** It fails exactly if there is nothing to do. */
  private Future<Void> attempt(String sql) {
    return connection.query(sql).execute().<Void>mapEmpty().otherwiseEmpty();
  }

  private Future<Void> rollback(Transaction transaction, Throwable cause) {
    return transaction
        .rollback()
        .onFailure(unended -> inDoubt = true)
        .otherwiseEmpty()
        .compose(ended -> Future.failedFuture(cause));
  }

  private Future<Void> commit(List<Unit<?>> group) {
    return begin()
        .compose(
            transaction -> {
              List<Runnable> results = new ArrayList<>(group.size());
              Future<Void> work = Future.succeededFuture();
              for (var unit : group) {
                work = work.compose(v -> unit.run(connection).map(told -> remember(results, told)));
              }
              return work.compose(v -> transaction.commit())
                  .onSuccess(v -> inDoubt = false)
                  .recover(cause -> rollback(transaction, cause))
                  .onSuccess(v -> results.forEach(Runnable::run));
            });
  }

  private static Void remember(List<Runnable> results, Runnable result) {
    results.add(result);
    return null;
  }

  private Future<Void> oneByOne(List<Unit<?>> group, Throwable cause) {
    if (group.size() == 1) {
      group.get(0).fail(cause);
      return Future.succeededFuture();
    }
    Future<Void> all = Future.succeededFuture();
    for (var unit : group) {
      all = all.compose(v -> commit(List.of(unit)).recover(e -> oneByOne(List.of(unit), e)));
    }
    return all;
  }
}
