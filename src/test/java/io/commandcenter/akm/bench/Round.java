package io.commandcenter.akm.bench;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** One load on its way; everything in here happens on one event loop. */
final class Round {
  /** Streams that are held start spread over this time, so that they do not beat in step. */
  private static final int SPREAD_MS = 1_000;

  /**
   * How far it is.
   *
   * @param nanos when that was
   */
  record Mark(long nanos, long done, long chunks) {}

  private final Load load;
  private final Supplier<Question> questions;
  private final List<Connection> all = new ArrayList<>();
  private final ArrayDeque<Connection> free = new ArrayDeque<>();
  private final ArrayDeque<Long> waiting = new ArrayDeque<>();
  private long[] latencies = new long[1024];
  private long[] firsts = new long[1024];
  private int recorded;
  private long from = Long.MAX_VALUE;
  private boolean stopped;
  private long done;
  private long failed;
  private long lost;
  private long disordered;

  Round(Load load, Supplier<Question> questions) {
    this.load = load;
    this.questions = questions;
  }

  void add(NetSocket socket) {
    var connection = new Connection(socket, this::ended);
    all.add(connection);
    free.add(connection);
  }

  /** Sends the first request of each connection, unless they are sent when they are due. */
  void start(Vertx vertx) {
    if (load.perSecond().isPresent()) {
      return;
    }
    int spread = load.gapMs() > 0 ? SPREAD_MS : 0;
    for (int i = 0; i < all.size(); i++) {
      vertx.setTimer(1 + (long) spread * i / all.size(), timer -> due(System.nanoTime()));
    }
  }

  void due(long due) {
    if (stopped) {
      return;
    }
    var connection = free.poll();
    if (connection == null) {
      waiting.add(due);
    } else {
      connection.send(questions.get(), due);
    }
  }

  /** From here on, what is due is measured. */
  Mark begin() {
    from = System.nanoTime();
    return mark();
  }

  Mark mark() {
    long chunks = all.stream().mapToLong(Connection::chunks).sum();
    return new Mark(System.nanoTime(), done, chunks);
  }

  void stop() {
    stopped = true;
  }

  boolean idle() {
    return waiting.isEmpty() && all.stream().noneMatch(Connection::busy);
  }

  /** Ends every connection; what is not answered by now has failed. */
  void finish() {
    for (var connection : all) {
      failed += connection.busy() ? 1 : 0;
      connection.release();
      connection.end();
    }
    failed += waiting.size();
  }

  Percentiles latencies() {
    return Percentiles.of(Arrays.copyOf(latencies, recorded));
  }

  Percentiles toFirstChunk() {
    return Percentiles.of(load.chunks() == 0 ? new long[0] : Arrays.copyOf(firsts, recorded));
  }

  long failed() {
    return failed;
  }

  long lost() {
    return lost;
  }

  long disordered() {
    return disordered;
  }

  private void ended(Connection connection) {
    var answer = connection.answer();
    if (load.chunks() > 0) {
      lost += load.chunks() - answer.events() + (answer.sawEnd() ? 0 : 1);
      disordered += answer.disorder();
    }
    if (connection.good()) {
      done++;
      record(connection);
    } else {
      failed++;
    }
    connection.release();
    if (!connection.broken()) {
      next(connection);
    }
  }

  private void next(Connection connection) {
    var due = waiting.poll();
    if (due != null) {
      connection.send(questions.get(), due);
    } else if (load.perSecond().isEmpty() && !stopped) {
      connection.send(questions.get(), System.nanoTime());
    } else {
      free.add(connection);
    }
  }

  private void record(Connection connection) {
    if (connection.due() < from || stopped && load.perSecond().isEmpty()) {
      return;
    }
    if (recorded == latencies.length) {
      latencies = Arrays.copyOf(latencies, recorded * 2);
      firsts = Arrays.copyOf(firsts, recorded * 2);
    }
    latencies[recorded] = connection.nanos();
    firsts[recorded++] = connection.nanosToFirstEvent();
  }
}
