package io.commandcenter.akm.usage;

import io.commandcenter.akm.contract.Wire;
import io.commandcenter.akm.store.AlertStore;
import io.commandcenter.akm.store.UsageRows.AlertRow;
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
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the outbox of alerts to the webhook: at least once, so a receiver tells repeats by their
 * {@code x-akm-event-id}.
 *
 * <p>What is pending when the server stops is tried again at its next start.
 */
final class AlertCourier {
  private static final Logger log = LoggerFactory.getLogger(AlertCourier.class);

  private final Vertx vertx;
  private final AlertStore alerts;
  private final Webhook webhook;
  private final Clock clock;
  private final HttpClient client;
  private boolean closed;

  AlertCourier(Vertx vertx, AlertStore alerts, Webhook webhook, Clock clock) {
    this.vertx = vertx;
    this.alerts = alerts;
    this.webhook = webhook;
    this.clock = clock;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setKeepAlive(false)
                .setConnectTimeout((int) webhook.timeout().toMillis()));
  }

  /** Starts on what an earlier run has left; the deliveries go on after the future has ended. */
  Future<List<AlertRow>> start() {
    return alerts.pending().onSuccess(left -> left.forEach(this::deliver));
  }

  void close() {
    closed = true;
    client.close();
  }

  void deliver(AlertRow alert) {
    if (closed) {
      return;
    }
    send(alert)
        .map(status -> status >= 200 && status < 300)
        .otherwise(false)
        .onSuccess(taken -> keep(alert, taken));
  }

  /** A delivery that the stop itself has cut off is not counted. */
  private void keep(AlertRow alert, boolean taken) {
    if (taken || !closed) {
      note(alert, taken)
          .onSuccess(this::retryIfPending)
          .onFailure(cause -> log.error("the state of a budget alert could not be kept", cause));
    }
  }

  /** The status; the answer's body is not read, and a redirect is an answer like any other. */
  private Future<Integer> send(AlertRow alert) {
    var body = body(alert);
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(webhook.target().toString())
            .setFollowRedirects(false)
            .putHeader("content-type", "application/json")
            .putHeader("x-akm-event-id", alert.eventId())
            .putHeader("x-akm-signature", webhook.signer().sign(clock.instant(), body.getBytes()));
    return client.request(options).compose(request -> status(request, body));
  }

  private Future<Integer> status(HttpClientRequest request, Buffer body) {
    return request
        .send(body)
        .map(AlertCourier::status)
        .timeout(webhook.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .eventually(() -> request.reset().otherwiseEmpty());
  }

  private static int status(HttpClientResponse response) {
    // The reset below ends the body early, which is no fault to log.
    response.exceptionHandler(cut -> log.trace("the rest of an answer was cut off"));
    return response.statusCode();
  }

  private static Buffer body(AlertRow alert) {
    return Wire.toJson(Announcements.fact(alert))
        .put("event_id", alert.eventId())
        .put("type", "budget.crossed")
        .toBuffer();
  }

  private Future<AlertRow> note(AlertRow alert, boolean taken) {
    int attempts = alert.attempts() + 1;
    boolean failed = !taken && webhook.backoff().givesUpAfter(attempts);
    var state = taken ? "delivered" : failed ? "failed" : "pending";
    if (failed) {
      log.warn("the budget alert {} was not taken after {} attempts", alert.eventId(), attempts);
    }
    return alerts
        .attempted(alert, state)
        .map(
            v ->
                new AlertRow(
                    alert.key(),
                    alert.percent(),
                    alert.limitNanos(),
                    alert.settledNanos(),
                    alert.crossedAt(),
                    alert.eventId(),
                    state,
                    attempts));
  }

  private void retryIfPending(AlertRow alert) {
    if (alert.state().equals("pending") && !closed) {
      vertx.setTimer(
          webhook.backoff().waitAfter(alert.attempts()).toMillis(), timer -> deliver(alert));
    }
  }
}
