package io.commandcenter.akm.store;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.jdbcclient.JDBCConnectOptions;
import io.vertx.jdbcclient.JDBCPool;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The data file: many readers, one writer whose queued units of work share commits.
 *
 * <p>A write's future succeeds only after its commit is on the disk (WAL, synchronous=FULL).
 */
public final class Database {
  // One writer: with more, SQLite answers SQLITE_BUSY to read-then-write transactions.
  private static final int READERS = 4;
  // SQLITE_OPEN_READONLY of https://sqlite.org/c3ref/open.html
  private static final int OPEN_READONLY = 1;

  private final Vertx vertx;
  private final Path file;
  private final Pool readers;
  private final Pool writer;
  private final CommitQueue commits;
  private volatile Supplier<Future<Void>> pending = Future::succeededFuture;

  private Database(Vertx vertx, Path file, Pool readers, Pool writer, CommitQueue commits) {
    this.vertx = vertx;
    this.file = file;
    this.readers = readers;
    this.writer = writer;
    this.commits = commits;
  }

  /** Opens or creates the file, migrates it to this version's schema; refuses a newer schema. */
  public static Future<Database> open(Vertx vertx, Path file) {
    var url =
        "jdbc:sqlite:"
            + file
            + "?busy_timeout=5000&foreign_keys=on&journal_mode=WAL&synchronous=FULL";
    return vertx
        .executeBlocking(() -> Migrations.sqlite().apply(url))
        .compose(
            schema -> {
              var readers = pool(vertx, readOnlyUrl(file), READERS);
              var writer = pool(vertx, url, 1);
              return writer
                  .getConnection()
                  .map(
                      connection ->
                          new Database(
                              vertx,
                              file,
                              readers,
                              writer,
                              new CommitQueue(vertx.getOrCreateContext(), connection)));
            });
  }

  /**
   * Opens a file that is there for reading only, also while another process writes to it: makes and
   * migrates nothing.
   */
  public static Database readOnly(Vertx vertx, Path file) {
    return new Database(vertx, file, pool(vertx, readOnlyUrl(file), 1), null, null);
  }

  /** A parameter that the driver does not know would become part of the file's name. */
  static String readOnlyUrl(Path file) {
    return "jdbc:sqlite:" + file + "?busy_timeout=5000&open_mode=" + OPEN_READONLY;
  }

  public Path file() {
    return file;
  }

  private static Pool pool(Vertx vertx, String url, int size) {
    return JDBCPool.pool(
        vertx,
        new JDBCConnectOptions().setJdbcUrl(url),
        new PoolOptions().setMaxSize(size).setMaxWaitQueueSize(1024));
  }

  /** Runs one query on a reader; it sees every write whose future has succeeded. */
  public Future<RowSet<Row>> read(String sql, Tuple parameters) {
    return readers.preparedQuery(sql).execute(parameters);
  }

  /**
   * Queues a unit of work. Units run one after the other; those that queued while the last commit
   * ran share the next one. A unit that fails is rolled back alone. Its connection is valid only
   * until its future completes.
   */
  public <T> Future<T> write(Function<SqlConnection, Future<T>> unit) {
    return commits == null
        ? Future.failedFuture(new Failure(Code.UNAVAILABLE, "the data is open for reading only"))
        : commits.add(unit);
  }

  /**
   * Names who acknowledges work before it is in this file.
   *
   * @param writeAll may be called from any context; completes when all that was acknowledged before
   *     is committed
   */
  public void pending(Supplier<Future<Void>> writeAll) {
    pending = writeAll;
  }

  /**
   * Completes, on the caller's context, when everything acknowledged until now is committed; fails
   * if that cannot be.
   */
  public Future<Void> caughtUp() {
    return Future.fromCompletionStage(
        pending.get().toCompletionStage(), vertx.getOrCreateContext());
  }

  /**
   * Copies everything that is acknowledged now; writes go on meanwhile.
   *
   * @param target an empty file
   */
  public Future<Snapshot> copyTo(Path target) {
    return caughtUp()
        .compose(
            v ->
                vertx.executeBlocking(
                    () -> {
                      Snapshot.copy(file, target);
                      return Snapshot.read(target);
                    },
                    false));
  }

  /**
   * Ends after the queued writes are committed. The writer goes last: only a connection that may
   * write folds the write-ahead log into the file.
   */
  public Future<Void> close() {
    return commits == null
        ? readers.close()
        : commits.close().eventually(readers::close).eventually(writer::close);
  }
}
