package io.commandcenter.akm.provider.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.core.routing.ErrorClass;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SaidTest {
  private static final EnumSet<ErrorClass> OF_THE_REQUEST =
      EnumSet.of(
          ErrorClass.BAD_REQUEST,
          ErrorClass.CONTEXT_OVERFLOW,
          ErrorClass.CONTENT,
          ErrorClass.MODEL_GONE);

  private static Optional<String> said(ErrorClass errorClass, String message) {
    var body = new JsonObject().put("error", new JsonObject().put("message", message));
    return Said.of(errorClass, body.toBuffer());
  }

  /** Seen failing without the list of classes: a bill is the owner's business. */
  @ParameterizedTest
  @EnumSource
  void repeatsOnlyWhatIsSaidOfTheRequest(ErrorClass errorClass) {
    assertEquals(
        OF_THE_REQUEST.contains(errorClass), said(errorClass, "top_p is no number").isPresent());
  }

  /** Seen failing without the masking. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sk-proj-abcdefghijklmnopqrstuvwxyz0123456789",
        "sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789",
        "AIzaSyAbcdefghijklmnopqrstuvwxyz0123456",
        "gsk_abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnop",
        "0123456789abcdef0123456789abcdef",
        "Ab3Ab3Ab3Ab3Ab3Ab3Ab3Ab3Ab3Ab3Ab3Ab3Ab3A"
      })
  void masksWhateverLooksLikeAKey(String key) {
    for (var around :
        new String[] {"%s", "key '%s' is", "(%s)", "k=%s.", "x".repeat(480) + " %s"}) {
      var words = said(ErrorClass.BAD_REQUEST, around.formatted(key)).orElseThrow();
      assertFalse(words.contains(key.substring(key.length() - 12)), words);
      assertFalse(words.contains(key.substring(0, 24)), words);
    }
  }

  @Test
  void leavesOutControlCharactersAndWhatIsTooLong() {
    assertEquals("a b c", said(ErrorClass.BAD_REQUEST, "a\r\nb\u0000\u001b\u202ec").orElseThrow());
    var words = said(ErrorClass.BAD_REQUEST, "🎈".repeat(400)).orElseThrow();
    assertTrue(words.length() <= 500);
    assertEquals("🎈…", words.substring(words.length() - 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "{}", "{\"error\": {\"message\": \"  \"}}", "[[[["})
  void saysNothingWhereNothingIsSaid(String body) {
    assertEquals(Optional.empty(), Said.of(ErrorClass.BAD_REQUEST, Buffer.buffer(body)));
  }
}
