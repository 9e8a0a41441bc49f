package io.commandcenter.akm.bench;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Puts loads on targets from one event loop, one load after the other. */
final class Driver implements AutoCloseable {
  private static final int CONNECTS_AT_ONCE = 64;
  private static final long GRACE_MS = 3_000;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Context loop = vertx.getOrCreateContext();
  private final NetClient client =
      vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true).setConnectTimeout(5_000));

  /** Answers when what was due in the window is answered, or has had its time. */
  Measured put(Load load, Target target) {
    var question = new Question(target.request(load.chunks(), load.gapMs()), "");
    return put(load, target.port(), target.program(), () -> question);
  }

  /**
   * @param program whose CPU and memory count
   * @param questions gives the next one to be sent, on whatever connection
   */
  Measured put(Load load, int port, Optional<Program> program, Supplier<Question> questions) {
    var round = new Round(load, questions);
    var sockets = connect(load.connections(), port);
    onLoop(
        () -> {
          sockets.forEach(round::add);
          round.start(vertx);
          return round;
        });
    var pace =
        load.perSecond().stream()
            .mapToObj(rate -> Pace.start(rate, due -> loop.runOnContext(v -> round.due(due))))
            .findFirst();
    Machine.pause(load.warmUpMs());
    var cpu = cpu(program);
    var begin = onLoop(round::begin);
    Machine.pause(load.windowMs());
    double used = cpu(program).minus(cpu).toNanos() / 1e3;
    var end = onLoop(round::mark);
    long resident = program.map(Program::residentMib).orElse(0L);
    pace.ifPresent(Pace::stop);
    finish(load, round);
    return measured(round, begin, end, program.map(p -> used), resident);
  }

  @Override
  public void close() {
    vertx.close().await();
  }

  private void finish(Load load, Round round) {
    onLoop(
        () -> {
          round.stop();
          return round;
        });
    long grace = load.chunks() * (long) load.gapMs() + GRACE_MS;
    for (long waited = 0; waited < grace && !onLoop(round::idle); waited += 20) {
      Machine.pause(20);
    }
    onLoop(
        () -> {
          round.finish();
          return round;
        });
  }

  private static Measured measured(
      Round round, Round.Mark begin, Round.Mark end, Optional<Double> cpuMicros, long resident) {
    double seconds = (end.nanos() - begin.nanos()) / 1e9;
    long answers = end.done() - begin.done();
    long chunks = end.chunks() - begin.chunks();
    double micros = cpuMicros.orElse(Double.NaN);
    return new Measured(
        answers / seconds,
        micros / answers,
        chunks / seconds,
        micros / chunks,
        round.latencies(),
        round.toFirstChunk(),
        round.failed(),
        round.lost(),
        round.disordered(),
        resident);
  }

  private static Duration cpu(Optional<Program> program) {
    return program.map(Program::cpu).orElse(Duration.ZERO);
  }

  /** In small groups, so that no listener's queue of new connections overflows. */
  private List<NetSocket> connect(int count, int port) {
    var sockets = new ArrayList<NetSocket>();
    while (sockets.size() < count) {
      var group = new ArrayList<Future<NetSocket>>();
      for (int i = Math.min(CONNECTS_AT_ONCE, count - sockets.size()); i > 0; i--) {
        group.add(client.connect(port, "127.0.0.1"));
      }
      Future.all(group).await();
      group.forEach(connected -> sockets.add(connected.result()));
    }
    return sockets;
  }

  private <T> T onLoop(Callable<T> work) {
    Promise<T> done = Promise.promise();
    loop.runOnContext(
        v -> {
          try {
            done.complete(work.call());
          } catch (Exception e) {
            done.fail(e);
          }
        });
    return done.future().await();
  }
}
