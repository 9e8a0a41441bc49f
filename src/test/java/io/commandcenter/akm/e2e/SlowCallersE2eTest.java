package io.commandcenter.akm.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Callers that read nothing of their stream, or never end their request: each is closed within ten
 * seconds, with the provider's connection, and others are answered all the while. Seen failing with
 * the stalled reader's timer left out.
 */
class SlowCallersE2eTest {
  private static final int READERS = Boolean.getBoolean("akm.soak") ? 20 : 4;
  private static final int SOCKETS = Boolean.getBoolean("akm.soak") ? 2000 : 200;
  private static final Duration LONGEST = Duration.ofSeconds(10);

  @TempDir Path directory;
  private ClientRig rig;

  @BeforeEach
  void start() {
    rig =
        new ClientRig(
            directory,
            new JsonObject()
                .put("router", new JsonObject().put("stalled_reader_timeout_ms", 500))
                .put(
                    "http",
                    new JsonObject().put("header_timeout_ms", 1000).put("body_timeout_ms", 1000)));
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void whoReadsNothingOfAStreamIsClosed() throws Exception {
    var callers = new ArrayList<RawCaller>();
    for (int i = 0; i < READERS; i++) {
      var provider = ClientRig.providers().get(i % ClientRig.providers().size());
      rig.behind(provider).chunks(60_000, Duration.ZERO);
      var call = GatewayCall.chats().get(i % GatewayCall.chats().size());
      callers.add(
          RawCaller.ask(
              rig.akm().url(), call, ClientRig.model(provider), true, "abcdefghijklmnop"));
    }
    // Longer than it takes: a busy machine is long about making such streams in the first place.
    ClientRig.within(Duration.ofSeconds(30), () -> asked() == READERS && open() == 0);
    for (var provider : ClientRig.providers()) {
      assertEquals(0, rig.behind(provider).openAnswers(), provider);
      rig.behind(provider).heal();
    }
    for (var caller : callers) {
      assertTrue(caller.isClosedByServer());
      caller.close();
    }
    answersOthers();
  }

  private int asked() {
    return ClientRig.providers().stream()
        .mapToInt(provider -> rig.behind(provider).requests())
        .sum();
  }

  /** A short stream may have passed the provider's side whole: then there was nothing to leave. */
  private int open() {
    return ClientRig.providers().stream()
        .mapToInt(provider -> rig.behind(provider).openAnswers())
        .sum();
  }

  @Test
  void whoNeverEndsARequestIsClosed() throws Exception {
    var whole =
        RawCaller.request("/v1/messages", GatewayCall.MESSAGES.body("auto", true, "Hello there"));
    long start = System.nanoTime();
    var callers = new ArrayList<RawCaller>();
    for (int i = 0; i < SOCKETS; i++) {
      // Some end in the head, some in the body, some say nothing.
      int length = i % 3 == 0 ? 0 : i % 3 == 1 ? 60 : whole.length() - 20;
      callers.add(RawCaller.open(rig.akm().url(), whole.substring(0, length)));
    }
    answersOthers();
    for (var caller : callers) {
      assertTrue(caller.isClosedByServer());
      caller.close();
    }
    assertTrue(System.nanoTime() - start < LONGEST.toNanos(), "closed in time");
    for (var provider : ClientRig.providers()) {
      assertEquals(provider.equals("openai") ? 1 : 0, rig.behind(provider).requests(), provider);
    }
  }

  private void answersOthers() throws Exception {
    try (var caller =
        RawCaller.ask(
            rig.akm().url(), GatewayCall.CHAT, ClientRig.model("openai"), true, "Hello")) {
      assertEquals(200, RawCaller.status(caller.all()));
    }
  }
}
