package io.commandcenter.akm.e2e;

import static io.commandcenter.akm.testkit.TestVertx.await;

import io.commandcenter.akm.testkit.RunningService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Requests at a fixed rate, whatever becomes of those before them, over the real HTTP surface. Only
 * what never was answered is sent again: an answer other than 200 counts as failed.
 *
 * <p>A machine that cannot keep the rate up at all is spared: beyond so many in flight a request is
 * left out, and {@link #summary} tells the rate that was reached.
 */
final class OpenLoad {
  private static final long RETRY_MS = 200;
  private static final int RETRIES = 600;
  private static final int MOST_IN_FLIGHT = 64;

  private final Vertx vertx;
  private final Supplier<String> url;
  private final String token;
  private final WebClient client;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Queue<String> failed = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger retried = new AtomicInteger();
  private final long timer;
  private final long started = System.nanoTime();
  private long begun;
  private long ended;

  /**
   * @param url of the service at this moment
   */
  OpenLoad(Vertx vertx, int perSecond, Supplier<String> url, String token) {
    this.vertx = vertx;
    this.url = url;
    this.token = token;
    client =
        WebClient.create(
            vertx,
            new WebClientOptions(),
            new PoolOptions().setHttp1MaxSize(256).setMaxWaitQueueSize(-1));
    // Timers drift; what is due is reckoned from the start.
    timer = vertx.setPeriodic(5, tick -> sendDue(perSecond));
  }

  private void sendDue(int perSecond) {
    long due = (System.nanoTime() - started) * perSecond / TimeUnit.SECONDS.toNanos(1);
    for (; begun < due; begun++) {
      if (inFlight.get() < MOST_IN_FLIGHT) {
        inFlight.incrementAndGet();
        send(RETRIES).onComplete(done -> inFlight.decrementAndGet());
      }
    }
  }

  private Future<Void> send(int retriesLeft) {
    return client
        .postAbs(url.get() + "/api/v1/route")
        .bearerTokenAuthentication(token)
        .sendJsonObject(
            new JsonObject()
                .put("provider", "anthropic")
                .put("prompt", "hello")
                .put("max_output_tokens", 50))
        .compose(
            answer -> {
              note(answer);
              return Future.<Void>succeededFuture();
            },
            cut -> {
              retried.incrementAndGet();
              if (retriesLeft == 0) {
                failed.add("no answer");
                return Future.succeededFuture();
              }
              return vertx
                  .timer(RETRY_MS, TimeUnit.MILLISECONDS)
                  .compose(waited -> send(retriesLeft - 1));
            });
  }

  private void note(HttpResponse<Buffer> answer) {
    if (answer.statusCode() == 200) {
      answered.incrementAndGet();
    } else {
      var problem = answer.bodyAsJsonObject();
      failed.add(answer.statusCode() + " " + problem.getString("detail"));
    }
  }

  int answered() {
    return answered.get();
  }

  int retried() {
    return retried.get();
  }

  /** What failed so far. */
  List<String> failed() {
    return failed.stream().distinct().limit(10).toList();
  }

  /** Sends no more, waits for the rest, and gives what failed. */
  List<String> stop() {
    vertx.cancelTimer(timer);
    ended = System.nanoTime();
    until(() -> inFlight.get() == 0);
    client.close();
    return failed();
  }

  /** Waits for as many answers more, so that what is slow while it is cold does not count. */
  void warmUp(int answers) {
    int enough = answered() + answers;
    until(() -> answered() >= enough);
  }

  private void until(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("the load stands still: " + failed());
      }
      await(vertx.timer(10, TimeUnit.MILLISECONDS));
    }
  }

  /** For the report of a test that has stopped its load. */
  String summary() {
    long perSecond = answered() * TimeUnit.SECONDS.toNanos(1) / (ended - started);
    return answered() + " answered (" + perSecond + "/s), " + failed.size() + " failed";
  }

  static OpenLoad on(RunningService service, int perSecond) {
    return new OpenLoad(service.vertx(), perSecond, service::url, RunningService.TOKEN);
  }
}
