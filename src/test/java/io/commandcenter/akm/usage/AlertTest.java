package io.commandcenter.akm.usage;

import static io.commandcenter.akm.testkit.TestVertx.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Facts.BudgetCrossed;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.core.crypto.WebhookSigner;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.testkit.TestVertx;
import io.commandcenter.akm.usage.UsageRoom.Setup;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thresholds of the budget, and their way to the webhook. */
class AlertTest {
  private static final WebhookSigner SIGNER = new WebhookSigner(Secret.of("whsec"));

  private record Delivery(String event, String signature, String body) {}

  @TempDir Path folder;
  private final TestVertx vertx = new TestVertx();
  private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
  private volatile List<Integer> statuses = List.of();
  private HttpServer receiver;

  @BeforeEach
  void listen() {
    receiver = await(vertx.vertx().createHttpServer().requestHandler(this::receive).listen(0));
  }

  @AfterEach
  void stop() {
    vertx.close();
  }

  /** Answers with the next status of the list, then with 200; 0 leaves the request hanging. */
  private void receive(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              int number = deliveries.size();
              deliveries.add(
                  new Delivery(
                      request.getHeader("x-akm-event-id"),
                      request.getHeader("x-akm-signature"),
                      body.toString()));
              int status = number < statuses.size() ? statuses.get(number) : 200;
              if (status > 0) {
                request
                    .response()
                    .setStatusCode(status)
                    .putHeader("location", "http://localhost:" + receiver.actualPort() + "/x")
                    .end();
              }
            });
  }

  private Webhook webhook(int attempts) {
    return new Webhook(
        URI.create("http://localhost:" + receiver.actualPort() + "/alerts"),
        SIGNER,
        new Backoff(Duration.ofMillis(5), 1, Duration.ofMillis(5), attempts),
        Duration.ofMillis(400));
  }

  private Setup setup() {
    return Setup.in(folder).budget("0.30", true);
  }

  private static String state(UsageRoom room, int percent) {
    return await(
            room.database.read(
                "select state from budget_alert where percent = ?", Tuple.of(percent)))
        .iterator()
        .next()
        .getString(0);
  }

  private static List<Integer> percents(UsageRoom room) {
    return room.crossed.stream().map(BudgetCrossed::percent).toList();
  }

  @Test
  void tellsOfEachThresholdOnce() {
    try (var room = setup().start()) {
      for (int i = 0; i < 20; i++) {
        room.spend("a" + i, 1000, 0);
      }
      Polling.until(() -> room.recorded.size() == 20);
      assertEquals(List.of(80, 100), percents(room));
      var eighty = room.crossed.peek();
      assertEquals("monthly 2026-11", eighty.budget() + " " + eighty.period());
      assertEquals("0.30", eighty.limitUsd().toPlainString());
      assertEquals("0.24", eighty.spentUsd().toPlainString());
    }
  }

  @Test
  void tellsOnceWhenManySettlesCrossTogether() {
    try (var room = setup().start()) {
      await(
          Future.all(
              IntStream.range(0, 20)
                  .mapToObj(i -> room.settle(room.attempt("a" + i, 1000, 0), usage()))
                  .toList()));
      Polling.until(() -> room.recorded.size() == 20);
      assertEquals(List.of(80, 100), percents(room));
    }
  }

  private static TokenUsage usage() {
    return TokenUsage.of(1000, 0);
  }

  @Test
  void doesNotTellAgainAfterARestart() {
    try (var room = setup().start()) {
      room.spend("a", 17_000, 0);
    }
    try (var room = setup().boot("boot-2").start()) {
      room.spend("b", 1000, 0);
      Polling.until(() -> room.recorded.size() == 1);
      assertEquals(List.of(), percents(room));
    }
  }

  @Test
  void tellsAgainInTheNextMonth() {
    try (var room = setup().start()) {
      room.spend("a", 17_000, 0);
      room.clock.set("2026-12-01T00:00:00Z");
      room.spend("b", 17_000, 0);
      Polling.until(() -> room.crossed.size() == 2);
      assertEquals(
          List.of("2026-11", "2026-12"), room.crossed.stream().map(BudgetCrossed::period).toList());
    }
  }

  @Test
  void tellsWhenTheLimitIsLoweredBelowWhatIsSpent() {
    try (var room = setup().start()) {
      room.spend("a", 10_000, 0);
    }
    try (var room = setup().budget("0.10", true).boot("boot-2").start()) {
      Polling.until(() -> room.crossed.size() == 2);
      assertEquals(List.of(80, 100), percents(room));
    }
  }

  @Test
  void sendsNothingWithoutAWebhook() {
    try (var room = setup().start()) {
      room.spend("a", 17_000, 0);
      assertEquals("unsent", state(room, 80));
    }
  }

  @Test
  void postsASignedAlert() {
    try (var room = setup().webhook(webhook(3)).start()) {
      room.spend("a", 17_000, 0);
      Polling.until(() -> state(room, 80).equals("delivered"));
      var delivery = deliveries.get(0);
      var body = delivery.body().getBytes(StandardCharsets.UTF_8);
      assertEquals(SIGNER.sign(room.clock.instant(), body), delivery.signature());
      var json = new JsonObject(delivery.body());
      assertEquals("budget.crossed", json.getString("type"));
      assertEquals(delivery.event(), json.getString("event_id"));
      assertEquals(80, json.getInteger("percent"));
      assertEquals("2026-11", json.getString("period"));
      assertEquals("0.255", json.getValue("spent_usd").toString());
      assertEquals(1, deliveries.size());
    }
  }

  @Test
  void triesAgainAfterAFailureWithTheSameEvent() {
    statuses = List.of(500, 302, 0);
    try (var room = setup().webhook(webhook(9)).start()) {
      room.spend("a", 17_000, 0);
      Polling.until(() -> state(room, 80).equals("delivered"));
      assertEquals(4, deliveries.size());
      assertEquals(1, deliveries.stream().map(Delivery::event).distinct().count());
    }
  }

  @Test
  void givesUpAfterItsLastAttempt() {
    statuses = List.of(500, 500, 500, 500);
    try (var room = setup().webhook(webhook(3)).start()) {
      room.spend("a", 17_000, 0);
      Polling.until(() -> state(room, 80).equals("failed"));
      assertEquals(3, deliveries.size());
    }
  }

  @Test
  void deliversAfterARestartWhatWasNotTaken() {
    statuses = IntStream.range(0, 1000).mapToObj(i -> 503).toList();
    try (var room = setup().webhook(webhook(1000)).start()) {
      room.spend("a", 17_000, 0);
      Polling.until(() -> deliveries.size() >= 2);
    }
    statuses = List.of();
    try (var room = setup().webhook(webhook(1000)).boot("boot-2").start()) {
      Polling.until(() -> state(room, 80).equals("delivered"));
      assertEquals(1, deliveries.stream().map(Delivery::event).distinct().count());
      assertTrue(room.crossed.isEmpty());
    }
  }

  @Test
  void countsAReceiverThatCannotBeReachedAsAFailure() {
    await(receiver.close());
    try (var room = setup().webhook(webhook(2)).start()) {
      room.spend("a", 17_000, 0);
      Polling.until(() -> state(room, 80).equals("failed"));
    }
  }
}
