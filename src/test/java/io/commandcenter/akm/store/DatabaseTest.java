package io.commandcenter.akm.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Units of work on a real file: groups, failures, threads and the end. */
class DatabaseTest {
  @TempDir Path folder;
  private Vertx vertx;
  private Database database;

  @BeforeEach
  void open() throws Exception {
    vertx = Vertx.vertx();
    database = get(Database.open(vertx, folder.resolve("akm.db")));
    get(database.write(c -> c.query("create table note (id integer primary key)").execute()));
  }

  @AfterEach
  void close() throws Exception {
    get(database.close().otherwiseEmpty());
    get(vertx.close());
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.await(10, TimeUnit.SECONDS);
  }

  private static Function<SqlConnection, Future<Integer>> insert(int id) {
    return connection ->
        connection.preparedQuery("insert into note values (?)").execute(Tuple.of(id)).map(id);
  }

  private long count() throws Exception {
    return get(database.read("select count(*) from note", Tuple.tuple()))
        .iterator()
        .next()
        .getLong(0);
  }

  /** Holds the writer until the promise ends, so that what is queued meanwhile is one group. */
  private Future<Void> holdWriter(Promise<Void> until) {
    return database.write(connection -> until.future());
  }

  @Test
  void aFailingUnitHarmsNoneOfItsGroup() throws Exception {
    Promise<Void> gate = Promise.promise();
    var first = holdWriter(gate);
    var good = database.write(insert(1));
    var bad = database.write(c -> c.query("insert into nowhere values (1)").execute());
    var alsoGood = database.write(insert(2));
    gate.complete();
    get(first);
    assertEquals(1, get(good));
    assertEquals(2, get(alsoGood));
    assertThrows(Exception.class, () -> get(bad));
    assertEquals(2, count());
  }

  @Test
  void takesBackAllOfAUnitThatFails() throws Exception {
    var unit =
        database.write(
            c ->
                insert(1)
                    .apply(c)
                    .compose(v -> c.query("insert into nowhere values (1)").execute()));
    assertThrows(Exception.class, () -> get(unit));
    assertEquals(0, count());
  }

  @Test
  void aUnitThatThrowsFailsAlone() throws Exception {
    Future<Void> thrown =
        database.write(
            connection -> {
              throw new IllegalArgumentException("no");
            });
    assertThrows(IllegalArgumentException.class, () -> get(thrown));
    assertEquals(7, get(database.write(insert(7))));
  }

  @Test
  void runsMoreUnitsThanOneGroupTakes() throws Exception {
    Promise<Void> gate = Promise.promise();
    holdWriter(gate);
    List<Future<Integer>> units = new ArrayList<>();
    for (int i = 0; i < CommitQueue.MAX_GROUP * 2 + 1; i++) {
      units.add(database.write(insert(i)));
    }
    gate.complete();
    get(Future.all(units));
    assertEquals(units.size(), count());
  }

  @Test
  void tellsNobodyBeforeTheCommit() throws Exception {
    Promise<Void> gate = Promise.promise();
    holdWriter(gate);
    Promise<Void> second = Promise.promise();
    var early = database.write(insert(1));
    var late = database.write(connection -> second.future());
    gate.complete();
    get(vertx.timer(100));
    assertTrue(!early.isComplete(), "its group is not committed yet");
    second.complete();
    get(late);
    get(early);
  }

  @Test
  void aCallerThatThrowsKeepsNoOtherFromHearing() throws Exception {
    Promise<Void> gate = Promise.promise();
    holdWriter(gate);
    var throwing =
        database
            .write(insert(1))
            .onSuccess(
                id -> {
                  throw new IllegalStateException("a caller's own fault");
                });
    var other = database.write(insert(2));
    gate.complete();
    assertEquals(2, get(other));
    assertEquals(1, get(throwing));
  }

  @Test
  void answersOnTheCallersContext() throws Exception {
    var context = vertx.getOrCreateContext();
    Promise<Context> heard = Promise.promise();
    context.runOnContext(
        v -> database.write(insert(1)).onComplete(done -> heard.complete(Vertx.currentContext())));
    assertSame(context, get(heard.future()));
  }

  @Test
  void finishesWhatIsQueuedBeforeItCloses() throws Exception {
    Promise<Void> gate = Promise.promise();
    holdWriter(gate);
    var done = new AtomicInteger();
    for (int i = 0; i < 300; i++) {
      database.write(insert(i)).onSuccess(id -> done.incrementAndGet());
    }
    var closed = database.close();
    gate.complete();
    get(closed);
    database = get(Database.open(vertx, folder.resolve("akm.db")));
    assertEquals(300, count());
    assertEquals(300, done.get());
  }

  @Test
  void takesNothingOnceItCloses() throws Exception {
    get(database.close());
    var late = database.write(insert(1));
    var failure = assertInstanceOf(Failure.class, assertThrows(Exception.class, () -> get(late)));
    assertEquals(Code.UNAVAILABLE, failure.code());
  }

  @Test
  void refusesToWriteOnAReader() throws Exception {
    var write = database.read("insert into note values (9)", Tuple.tuple());
    var refusal = assertThrows(Exception.class, () -> get(write));
    assertTrue(refusal.getMessage().contains("SQLITE_READONLY"), refusal.getMessage());
    assertEquals(0, count());
  }
}
