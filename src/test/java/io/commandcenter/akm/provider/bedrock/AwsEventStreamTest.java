package io.commandcenter.akm.provider.bedrock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class AwsEventStreamTest {
  /** Amazon's published vector: a payload and one header of text. */
  private static final String PUBLISHED =
      "0000003d0000002007fd83960c636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e"
          + "7b27666f6f273a27626172277d8d9c08b1";

  private final List<String> messages = new ArrayList<>();

  private boolean take(AwsEventStream stream, Buffer bytes) {
    return stream.take(bytes, message -> messages.add(message.toString()), () -> {});
  }

  @Test
  void takesThePublishedVectorAsWhole() {
    var stream = new AwsEventStream();
    var bytes = Buffer.buffer(HexFormat.of().parseHex(PUBLISHED));
    assertTrue(take(stream, bytes));
    // It names no event, so it is none; but its checksums hold and the next one is read.
    assertTrue(take(stream, AwsFrames.event("messageStop", "{}")));
    assertEquals(List.of("{\"messageStop\":{}}"), messages);
  }

  @Test
  void readsEventsCutAnywhere() {
    var both =
        AwsFrames.event("messageStart", "{\"role\":\"assistant\"}")
            .appendBuffer(AwsFrames.event("messageStop", "{}"));
    for (int cut = 0; cut <= both.length(); cut++) {
      messages.clear();
      var stream = new AwsEventStream();
      assertTrue(take(stream, both.getBuffer(0, cut)));
      assertTrue(take(stream, both.getBuffer(cut, both.length())));
      assertEquals(
          List.of("{\"messageStart\":{\"role\":\"assistant\"}}", "{\"messageStop\":{}}"), messages);
    }
  }

  /** Seen failing without the comparison of the checksums. */
  @Test
  void refusesEveryFlippedBit() {
    var good = AwsFrames.event("messageStop", "{\"stopReason\":\"end_turn\"}");
    for (int bit = 0; bit < good.length() * 8; bit++) {
      messages.clear();
      var bad = good.copy();
      bad.setByte(bit / 8, (byte) (bad.getByte(bit / 8) ^ 1 << bit % 8));
      assertFalse(take(new AwsEventStream(), bad), "bit " + bit);
      assertEquals(List.of(), messages);
    }
  }

  @Test
  void refusesALengthThatHasNoEnd() {
    var endless = Buffer.buffer().appendUnsignedInt(0x7fffffffL).appendUnsignedInt(0);
    endless.appendUnsignedInt(AwsFrames.checksum(endless));
    assertFalse(take(new AwsEventStream(), endless));
  }
}
