package io.commandcenter.akm.core.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class KeyBodyTest {
  private static final String KEY = "sk-proj-0123456789\"\\/abcdefGw8Y";

  private static JsonObject json(byte[] body) {
    return new JsonObject(Buffer.buffer(body));
  }

  @Test
  void isTheJsonThatTheServiceTakes() {
    assertEquals(
        new JsonObject().put("provider", "openai").put("label", "main").put("key", KEY),
        json(KeyBody.toAdd("openai", "main", Secret.of(KEY))));
    assertEquals(new JsonObject().put("key", KEY), json(KeyBody.toRotate(Secret.of(KEY))));
  }

  @Test
  void aNameCannotEndItsString() {
    var name = "a\",\"key\":\"x\\";
    assertEquals(
        new JsonObject().put("provider", name).put("label", name).put("key", KEY),
        json(KeyBody.toAdd(name, name, Secret.of(KEY))));
  }

  @Test
  void tellsWhatCannotBeAKey() {
    assertTrue(KeyBody.fits(Secret.of(KEY)));
    for (var text :
        new String[] {
          "short", "with a blank in it", "line\nbreak1", "umläut-key", "x".repeat(4097)
        }) {
      assertFalse(KeyBody.fits(Secret.of(text)), text);
    }
  }

  @Test
  void showsOnlyThePrefixAndTheEnd() {
    assertEquals("sk-proj-…Gw8Y", KeyBody.masked(Secret.of(KEY)));
  }
}
