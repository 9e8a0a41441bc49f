package io.commandcenter.akm.simulator;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** What a simulated provider remembers of its callers; to be read from any thread. */
final class Visits {
  /**
   * A request as it came.
   *
   * @param headers by their names in lower case
   */
  record Seen(String method, String uri, Map<String, String> headers, JsonObject body) {}

  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger checks = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger left = new AtomicInteger();
  private final Map<String, AtomicInteger> byKey = new ConcurrentHashMap<>();
  private final Map<String, Long> lastArrivals = new ConcurrentHashMap<>();
  private final Set<HttpServerResponse> brokenOff = ConcurrentHashMap.newKeySet();
  private volatile long lastLeft;
  private volatile String lastModel;
  private volatile Seen last;

  void check() {
    checks.incrementAndGet();
  }

  /** A chat or an embedding came, with a key or none. */
  void request(Optional<String> key) {
    requests.incrementAndGet();
    key.ifPresent(
        presented -> {
          byKey.computeIfAbsent(presented, k -> new AtomicInteger()).incrementAndGet();
          lastArrivals.put(presented, System.nanoTime());
        });
  }

  void seen(HttpServerRequest request, JsonObject body) {
    var headers = new LinkedHashMap<String, String>();
    request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    last = new Seen(request.method().name(), request.uri(), headers, body);
  }

  void understood(String model) {
    lastModel = model;
  }

  /** Follows an answer until it is complete or its caller has gone. */
  void answering(HttpServerResponse response) {
    open.incrementAndGet();
    var isOver = new AtomicBoolean();
    response.endHandler(v -> over(response, isOver, false));
    response.closeHandler(v -> over(response, isOver, true));
    response.exceptionHandler(failure -> over(response, isOver, true));
  }

  /** Breaks the answer off itself: its caller has not left. */
  void breakOff(HttpServerResponse response) {
    brokenOff.add(response);
    response.reset();
  }

  private void over(HttpServerResponse response, AtomicBoolean isOver, boolean isClosed) {
    if (isOver.compareAndSet(false, true)) {
      if (!brokenOff.remove(response) && isClosed) {
        lastLeft = System.nanoTime();
        left.incrementAndGet();
      }
      open.decrementAndGet();
    }
  }

  int requests() {
    return requests.get();
  }

  int checks() {
    return checks.get();
  }

  int open() {
    return open.get();
  }

  int left() {
    return left.get();
  }

  long lastLeft() {
    return lastLeft;
  }

  int requestsWith(String key) {
    var count = byKey.get(key);
    return count == null ? 0 : count.get();
  }

  Long lastArrival(String key) {
    return lastArrivals.get(key);
  }

  String lastModel() {
    return lastModel;
  }

  Seen last() {
    return last;
  }
}
