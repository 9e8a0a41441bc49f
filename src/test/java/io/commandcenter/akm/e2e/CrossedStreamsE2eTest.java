package io.commandcenter.akm.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Streams of many callers at once, in every format from every provider: each gets its own answer,
 * whole and in order. Seen failing with one stream kept for all callers.
 */
class CrossedStreamsE2eTest {
  private static final int STREAMS = Boolean.getBoolean("akm.soak") ? 10_000 : 1000;
  private static final int AT_ONCE = 64;
  private static final int PIECES = 12;
  private static final Pattern MARK = Pattern.compile("mark(\\d+)z-(\\d+)");

  @TempDir Path directory;

  @Test
  void noCallerGetsAnothersAnswer() throws Exception {
    try (var rig = new ClientRig(directory)) {
      for (var provider : ClientRig.providers()) {
        rig.behind(provider).chunks(PIECES, Duration.ofMillis(2));
      }
      var pool = Executors.newFixedThreadPool(AT_ONCE);
      try {
        List<Callable<Void>> callers = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
          int number = i;
          callers.add(
              () -> {
                ask(rig, number);
                return null;
              });
        }
        for (var done : pool.invokeAll(callers)) {
          done.get();
        }
      } finally {
        pool.shutdownNow();
      }
    }
  }

  private static void ask(ClientRig rig, int number) throws Exception {
    var providers = ClientRig.providers();
    var provider = providers.get(number % providers.size());
    var calls = GatewayCall.chats();
    var call = calls.get(number / providers.size() % calls.size());
    try (var caller =
        RawCaller.ask(
            rig.akm().url(), call, ClientRig.model(provider), true, "Say mark" + number + "z")) {
      var answer = caller.all();
      assertEquals(200, RawCaller.status(answer), answer);
      var pieces = new ArrayList<Integer>();
      var marks = MARK.matcher(answer);
      while (marks.find()) {
        assertEquals(String.valueOf(number), marks.group(1), "another caller's words");
        pieces.add(Integer.valueOf(marks.group(2)));
      }
      // Some formats repeat the whole text at the end.
      assertTrue(pieces.size() >= PIECES - 1, call + " from " + provider + ": " + answer);
      assertEquals(
          IntStream.range(1, PIECES).boxed().toList(), pieces.subList(0, PIECES - 1), answer);
    }
  }
}
