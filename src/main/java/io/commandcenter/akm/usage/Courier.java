package io.commandcenter.akm.usage;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers letters to the webhook: at least once, so a receiver tells repeats by their {@code
 * x-akm-event-id}.
 *
 * <p>What is pending when the server stops is tried again at its next start. Confined to the usage
 * room's event loop.
 */
final class Courier {
  private static final Logger log = LoggerFactory.getLogger(Courier.class);

  private final Vertx vertx;
  private final Webhook webhook;
  private final Clock clock;
  private final HttpClient client;
  // A letter may be heard of and found in its outbox at the same time.
  private final Set<String> underWay = new HashSet<>();
  private boolean closed;

  Courier(Vertx vertx, Webhook webhook, Clock clock) {
    this.vertx = vertx;
    this.webhook = webhook;
    this.clock = clock;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setKeepAlive(false)
                .setConnectTimeout((int) webhook.timeout().toMillis()));
  }

  void close() {
    closed = true;
    client.close();
  }

  /** Takes a letter that waits; one that is under way already is left alone. */
  void deliver(Letter letter) {
    if (!closed && underWay.add(letter.eventId())) {
      attempt(letter);
    }
  }

  private void attempt(Letter letter) {
    if (closed) {
      return;
    }
    send(letter)
        .map(status -> status >= 200 && status < 300)
        .otherwise(false)
        .onSuccess(taken -> keep(letter, taken));
  }

  /** A delivery that the stop itself has cut off is not counted. */
  private void keep(Letter letter, boolean taken) {
    if (taken || !closed) {
      note(letter, taken)
          .onFailure(
              cause -> {
                underWay.remove(letter.eventId());
                log.error("the state of the event {} could not be kept", letter.eventId(), cause);
              });
    }
  }

  /** The status; the answer's body is not read, and a redirect is an answer like any other. */
  private Future<Integer> send(Letter letter) {
    var body = letter.body();
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(webhook.target().toString())
            .setFollowRedirects(false)
            .putHeader("content-type", "application/json")
            .putHeader("x-akm-event-id", letter.eventId())
            .putHeader("x-akm-signature", webhook.signer().sign(clock.instant(), body.getBytes()));
    return client.request(options).compose(request -> status(request, body));
  }

  private Future<Integer> status(HttpClientRequest request, Buffer body) {
    return request
        .send(body)
        .map(Courier::status)
        .timeout(webhook.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .eventually(() -> request.reset().otherwiseEmpty());
  }

  private static int status(HttpClientResponse response) {
    // The reset below ends the body early, which is no fault to log.
    response.exceptionHandler(cut -> log.trace("the rest of an answer was cut off"));
    return response.statusCode();
  }

  private Future<Void> note(Letter letter, boolean taken) {
    var next = letter.triedOnceMore();
    boolean failed = !taken && webhook.backoff().givesUpAfter(next.attempts());
    var state = taken ? "delivered" : failed ? "failed" : "pending";
    if (failed) {
      log.warn("the event {} was not taken after {} attempts", next.eventId(), next.attempts());
    }
    return letter.note().apply(state).onSuccess(kept -> goOn(next, state));
  }

  private void goOn(Letter letter, String state) {
    if (!state.equals("pending")) {
      underWay.remove(letter.eventId());
    } else if (!closed) {
      vertx.setTimer(
          webhook.backoff().waitAfter(letter.attempts()).toMillis(), timer -> attempt(letter));
    }
  }
}
