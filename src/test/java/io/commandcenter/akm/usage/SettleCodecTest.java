package io.commandcenter.akm.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.commandcenter.akm.contract.UsageCalls.Hold;
import io.commandcenter.akm.contract.UsageCalls.Settle;
import io.commandcenter.akm.core.grants.SpendLimit;
import io.commandcenter.akm.core.money.TokenUsage;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SettleCodecTest {
  private static final List<String> TEXTS = List.of("", "a", "é日本🎈", "a b\n", "x".repeat(300));

  private static String text(Random random) {
    return TEXTS.get(random.nextInt(TEXTS.size())) + random.nextInt(10);
  }

  private static String maybe(Random random) {
    return random.nextBoolean() ? text(random) : null;
  }

  private static Settle settle(Random random, String servedModel) {
    var tags = new LinkedHashMap<String, String>();
    IntStream.range(0, random.nextInt(4)).forEach(i -> tags.put("t" + i, text(random)));
    var limits =
        IntStream.range(0, random.nextInt(3))
            .mapToObj(i -> new SpendLimit("tok_" + i, "month", random.nextInt(1, 1_000_000)))
            .toList();
    var attempt =
        new Hold(
            text(random),
            1 + random.nextInt(9),
            maybe(random),
            "chat",
            text(random),
            text(random),
            maybe(random),
            maybe(random),
            random.nextInt(1 << 20),
            random.nextInt(1 << 20),
            Instant.ofEpochMilli(random.nextLong(2_000_000_000_000L)),
            tags,
            limits);
    var usage =
        random.nextInt(4) == 0
            ? null
            : new TokenUsage(
                random.nextInt(9), 1, 2, 3, random.nextInt(99), 4, random.nextBoolean());
    return new Settle(
        text(random),
        attempt,
        usage,
        "ok",
        random.nextBoolean() ? 200 : null,
        servedModel,
        random.nextInt(9_999));
  }

  @Test
  void readsWhatItWrote() throws IOException {
    var random = new Random(4);
    for (int i = 0; i < 2_000; i++) {
      var settle = settle(random, maybe(random));
      assertEquals(settle, SettleCodec.decode(SettleCodec.encode(settle)));
    }
  }

  /** Seen failing with writeUTF, which takes 65,535 bytes. */
  @Test
  void writesTheNameOfAModelThatIsFarTooLong() throws IOException {
    var settle = settle(new Random(1), "é".repeat(70_000));
    assertEquals(settle, SettleCodec.decode(SettleCodec.encode(settle)));
  }

  /** Seen failing without the look at the version. */
  @Test
  void refusesAnotherVersion() {
    var bytes = SettleCodec.encode(settle(new Random(1), null));
    bytes[0] = 77;
    assertThrows(IOException.class, () -> SettleCodec.decode(bytes));
  }

  @Test
  void refusesWhatIsCutOff() {
    var bytes = SettleCodec.encode(settle(new Random(1), null));
    for (int length = 0; length < bytes.length; length++) {
      var cut = java.util.Arrays.copyOf(bytes, length);
      assertThrows(IOException.class, () -> SettleCodec.decode(cut));
    }
  }
}
