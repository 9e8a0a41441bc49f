package io.commandcenter.akm.gateway.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonTextTest {
  @Test
  void escapesWhatJsonForbidsAndNothingElse() {
    assertEquals(
        "\"a\\\"b\\\\c\\n\\r\\t\\u0000\\u001f/é€😀\u2028\u007f\"",
        JsonText.quoted("a\"b\\c\n\r\t\u0000\u001f/é€😀\u2028\u007f"));
  }

  @Test
  void saysNullForNoText() {
    assertEquals("null", JsonText.quoted(null));
  }

  @Test
  void keepsHalfOfACharacterThatItsOtherHalfCanBeJoinedTo() {
    assertEquals("\"a\\ud83d\"", JsonText.quoted("a\ud83d"));
    assertEquals("\"\\ude00\\ude00😀\\ud83d\"", JsonText.quoted("\ude00\ude00😀\ud83d"));
  }

  /** Seen failing with the escape of control characters taken out. */
  @Test
  void isReadBackAsItWasForAnyText() {
    var random = new Random(7);
    for (int round = 0; round < 2_000; round++) {
      var text = new StringBuilder();
      int length = random.nextInt(40);
      for (int i = 0; i < length; i++) {
        text.append((char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000));
      }
      var json = new JsonObject("{\"t\":" + JsonText.quoted(text.toString()) + "}");
      assertEquals(text.toString(), json.getString("t"));
    }
  }
}
