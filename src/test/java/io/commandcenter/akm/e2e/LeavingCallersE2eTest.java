package io.commandcenter.akm.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.simulator.Fault;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Callers that leave and providers whose streams break, at every piece of a stream, under a hard
 * budget: nothing stays held, and the provider's connection is closed within a second. Seen failing
 * with the handlers of the caller's closed connection left out.
 */
class LeavingCallersE2eTest {
  private static final int ROUNDS = Boolean.getBoolean("akm.soak") ? 1000 : 100;
  private static final int PIECES = 12;
  private static final Duration SOON = Duration.ofSeconds(1);

  @TempDir Path directory;
  private ClientRig rig;

  @BeforeEach
  void start() {
    var budget = new JsonObject().put("monthly_usd", 1_000_000);
    rig = new ClientRig(directory, new JsonObject().put("budget", budget));
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void aCallerMayLeaveAtEveryPiece() throws Exception {
    for (var provider : ClientRig.providers()) {
      rig.behind(provider).chunks(1000, Duration.ofMillis(5));
    }
    var slowest = new ArrayList<Long>();
    ClientRig.forEachProvider(
        ROUNDS,
        (provider, round) -> {
          var call = GatewayCall.chats().get(round % GatewayCall.chats().size());
          long took = leave(provider, call, round % PIECES);
          synchronized (slowest) {
            slowest.add(took);
          }
        });
    nothingStaysHeld();
    var most = slowest.stream().mapToLong(Long::longValue).max().orElseThrow();
    assertEquals(ROUNDS, slowest.size());
    assertTrue(most <= SOON.toNanos(), most / 1_000_000 + " ms until the provider was left");
  }

  /** Nanoseconds until the provider saw that it was left. */
  private long leave(String provider, GatewayCall call, int pieces) throws Exception {
    var simulated = rig.behind(provider);
    int before = simulated.abandoned();
    long leftAt;
    try (var caller =
        RawCaller.ask(rig.akm().url(), call, ClientRig.model(provider), true, "word")) {
      if (pieces == 0) {
        ClientRig.within(Duration.ofSeconds(5), () -> simulated.openAnswers() > 0);
      }
      caller.awaitText("word-", pieces);
      leftAt = System.nanoTime();
    }
    ClientRig.within(Duration.ofSeconds(5), () -> simulated.abandoned() > before);
    return simulated.lastAbandoned() - leftAt;
  }

  @Test
  void aProviderMayBreakOffAtEveryPiece() throws Exception {
    ClientRig.forEachProvider(
        ROUNDS,
        (provider, round) -> {
          var call = GatewayCall.chats().get(round % GatewayCall.chats().size());
          int pieces = 1 + round % PIECES;
          rig.behind(provider).chunks(PIECES + 1, Duration.ZERO);
          rig.behind(provider)
              .failNext(1, round % 2 == 0 ? Fault.cutAfter(pieces) : Fault.errorAfter(pieces));
          try (var caller =
              RawCaller.ask(rig.akm().url(), call, ClientRig.model(provider), true, "word")) {
            var answer = caller.all();
            assertEquals(200, RawCaller.status(answer), answer);
            assertTrue(answer.contains("You said"), answer);
            assertTrue(answer.contains("error"), "it says that it broke: " + answer);
            assertFalse(answer.contains("word-" + PIECES), answer);
          }
        });
    nothingStaysHeld();
  }

  private void nothingStaysHeld() {
    ClientRig.within(
        Duration.ofSeconds(5), () -> rig.akm().get("/api/v1/budget").getDouble("held_usd") == 0.0);
    for (var provider : ClientRig.providers()) {
      assertEquals(0, rig.behind(provider).openAnswers(), provider);
    }
  }
}
