package io.commandcenter.akm.bench;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Many sessions that listen, each to one of some resources, and what they hear of changes. Works on
 * one event loop; its public methods are called from outside and wait for it.
 */
final class McpAudience {
  private static final int OPENED_AT_ONCE = 32;
  private static final long PATIENCE_S = 60;

  private final Context loop;
  private final McpClient client;
  private final List<McpCounter> counters = new ArrayList<>();
  private final List<McpListener> listeners = new ArrayList<>();
  private final boolean changeable;
  private String changer;
  private int next;
  private long failedChanges;
  private long[] lags = new long[1024];
  private int lagCount;

  /**
   * @param vertx with one event loop
   * @param resources what is subscribed to, in turn
   * @param changeable whether the server's tool {@code change} counts them up
   */
  McpAudience(
      Vertx vertx,
      McpEndpoint endpoint,
      int resources,
      IntFunction<String> uri,
      boolean changeable) {
    loop = vertx.getOrCreateContext();
    client = new McpClient(vertx, endpoint);
    this.changeable = changeable;
    for (int i = 0; i < resources; i++) {
      counters.add(new McpCounter(i, uri.apply(i)));
    }
  }

  /**
   * What was heard.
   *
   * @param told notifications that there were to send, if none are taken together
   * @param heard notifications that came
   * @param missing changes, over all sessions, that were not heard of
   * @param disordered events that were not the next one, versions that went back
   * @param failed changes and reads that were not answered well
   * @param lag nanoseconds from the asking for a change until a session has read it
   */
  record Heard(
      long told, long heard, long missing, long disordered, long failed, Percentiles lag) {}

  /** Opens the sessions, in small groups. */
  void open(int sessions) throws Exception {
    await(() -> client.open().onSuccess(session -> changer = session));
    while (listeners.size() < sessions) {
      int from = listeners.size();
      int to = Math.min(sessions, from + OPENED_AT_ONCE);
      await(
          () -> {
            var group = new ArrayList<Future<McpListener>>();
            for (int i = from; i < to; i++) {
              var counter = counters.get(i % counters.size());
              group.add(client.open().compose(session -> listener(session, counter).start()));
            }
            return Future.all(group)
                .onSuccess(all -> group.forEach(started -> listeners.add(started.result())));
          });
    }
  }

  private McpListener listener(String session, McpCounter counter) {
    return new McpListener(client, session, counter, changeable, this::lag);
  }

  private void lag(long nanos) {
    if (lagCount == lags.length) {
      lags = Arrays.copyOf(lags, lagCount * 2);
    }
    lags[lagCount++] = nanos;
  }

  /** In the order of their opening. */
  List<String> sessions() {
    return listeners.stream().map(McpListener::session).toList();
  }

  /** Changes the next resource; does not wait for the answer. */
  void change() {
    loop.runOnContext(
        v -> {
          var counter = counters.get(next);
          next = (next + 1) % counters.size();
          counter.change(System.nanoTime());
          var index = new JsonObject().put("index", counter.index());
          client
              .ask(
                  changer,
                  "tools/call",
                  new JsonObject().put("name", McpFeatures.CHANGE).put("arguments", index))
              .onFailure(cause -> failedChanges++);
        });
  }

  /** Waits until everybody has heard of every change so far; false if that took too long. */
  boolean allHeard(long patienceMs) throws Exception {
    return holds(patienceMs, () -> sum(McpListener::missing) == 0);
  }

  Heard heard() throws Exception {
    return await(
        () ->
            Future.succeededFuture(
                new Heard(
                    sum(McpListener::told),
                    sum(McpListener::heard),
                    changeable ? sum(McpListener::missing) : 0,
                    sum(McpListener::disordered),
                    failedChanges + sum(McpListener::failed),
                    Percentiles.of(Arrays.copyOf(lags, lagCount)))));
  }

  /** Ends every session; false if not every stream ended with it. */
  boolean end(long patienceMs) throws Exception {
    for (int from = 0; from < listeners.size(); from += OPENED_AT_ONCE) {
      var group = listeners.subList(from, Math.min(listeners.size(), from + OPENED_AT_ONCE));
      await(() -> Future.all(group.stream().map(McpListener::end).toList()));
    }
    await(() -> client.end(changer));
    return holds(patienceMs, () -> listeners.stream().allMatch(McpListener::ended));
  }

  /** Streams that ended although their sessions did not. */
  long brokenStreams() throws Exception {
    return await(() -> Future.succeededFuture(sum(each -> each.ended() ? 1 : 0)));
  }

  private long sum(ToLongFunction<McpListener> figure) {
    return listeners.stream().mapToLong(figure).sum();
  }

  private boolean holds(long patienceMs, Supplier<Boolean> condition) throws Exception {
    long end = System.nanoTime() + patienceMs * 1_000_000;
    boolean held = await(() -> Future.succeededFuture(condition.get()));
    while (!held && System.nanoTime() < end) {
      Machine.pause(10);
      held = await(() -> Future.succeededFuture(condition.get()));
    }
    return held;
  }

  private <T> T await(Supplier<Future<T>> work) throws Exception {
    return Future.<T>future(
            done ->
                loop.runOnContext(
                    v -> Future.succeededFuture().compose(w -> work.get()).onComplete(done)))
        .await(PATIENCE_S, TimeUnit.SECONDS);
  }
}
