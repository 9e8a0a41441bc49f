package io.commandcenter.akm.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.provider.ProviderReply.Answered;
import io.commandcenter.akm.provider.ProviderReply.Failed;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class FixtureReplayTest {
  @TestFactory
  Stream<DynamicTest> readsEveryRecordedAnswer() {
    return Fixture.all().stream().map(f -> dynamicTest(f.id(), () -> replay(f)));
  }

  private static void replay(Fixture fixture) {
    var expect = fixture.expect();
    if (expect.containsKey("verdict")) {
      var verdict = fixture.verdict(fixture.body());
      assertEquals(expect.getString("verdict"), verdict.outcome());
      assertEquals(fixture.status(), verdict.status());
    }
    if (expect.containsKey("error")) {
      failed(expect, (Failed) fixture.decode());
    } else if (expect.containsKey("finish")) {
      answered(expect, (Answered) fixture.decode());
    }
  }

  private static void failed(JsonObject expect, Failed failed) {
    assertEquals(expect.getString("error"), failed.errorClass().slug());
    var wait = failed.retryAfter();
    assertEquals(expect.getLong("retry_after_ms"), wait == null ? null : wait.toMillis());
    assertEquals(expect.getInstant("parked_until"), failed.parkedUntil());
    assertEquals(TokenUsage.NONE, failed.usage());
  }

  private static void answered(JsonObject expect, Answered answered) {
    assertEquals(expect.getString("finish"), answered.finishReason());
    assertEquals(expect.getString("model"), answered.servedModel());
    assertEquals(expect.getBoolean("estimated", false), answered.usage().estimated());
    if (expect.containsKey("usage")) {
      assertEquals(expect.getJsonArray("usage"), buckets(answered.usage()));
    }
    assertEquals(expect.getInteger("inputs", 0), answered.embeddings().size());
    answered.embeddings().forEach(vector -> assertEquals(8, vector.size()));
  }

  private static JsonArray buckets(TokenUsage usage) {
    return JsonArray.of(
        (int) usage.input(),
        (int) usage.cacheRead(),
        (int) usage.cacheWriteShort(),
        (int) usage.cacheWriteLong(),
        (int) usage.output(),
        (int) usage.reasoning());
  }

  @Test
  void readsTheTextWithoutTheThinking() {
    assertEquals(
        "The contract ends on 31 March.",
        ((Answered) Fixture.named("anthropic/chat_cached").decode()).text());
    assertEquals("", ((Answered) Fixture.named("gemini/chat_max_tokens").decode()).text());
    assertEquals(
        "I'm sorry, I can't help with that.",
        ((Answered) Fixture.named("openai/chat_refusal").decode()).text());
  }

  @Test
  void neverRepeatsTheProvidersWords() {
    var body =
        Buffer.buffer(
            "{'error': {'message': 'c4n4ry', 'type': 'c4n4ry', 'code': 'c4n4ry', 'status': 'c4n4ry'}}"
                .replace('\'', '"'));
    for (var fixture : Fixture.all()) {
      for (int status = 300; status < 600; status++) {
        var failed = FailedReplies.of(status, fixture.headers(), body, Fixture.NOW);
        assertFalse(failed.detail().contains("c4n4ry"));
      }
    }
  }

  /** For the caller whose request it was; a log never holds it. */
  @Test
  void saysWhatWasWrongWithTheRequestAndNothingOfKeysAndBills() {
    assertEquals("max_tokens: Field required", said("anthropic/error_400_invalid"));
    assertEquals(
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use"
            + " 'max_completion_tokens' instead.",
        said("openai/error_400_param"));
    assertNull(said("openai/error_401"));
    assertNull(said("anthropic/error_402"));
    assertNull(said("openrouter/error_402"));
    assertNull(said("xai/error_400_key"));
    var failed = Fixture.named("anthropic/error_400_invalid").decode();
    assertFalse(failed.toString().contains("Field required"));
  }

  private static String said(String id) {
    return ((Failed) Fixture.named(id).decode()).said();
  }

  /** Bytes of real answers cut, doubled and overwritten: whatever comes, a reply comes of it. */
  @Test
  void neverThrowsOnGarbage() {
    var random = new Random(7);
    var fixtures = Fixture.all();
    for (int i = 0; i < 5_000; i++) {
      var fixture = fixtures.get(random.nextInt(fixtures.size()));
      var bytes = fixture.body().getBytes();
      for (int edits = random.nextInt(4); edits >= 0; edits--) {
        int at = random.nextInt(bytes.length);
        int from = random.nextInt(bytes.length);
        int length = Math.min(random.nextInt(40), bytes.length - Math.max(at, from));
        System.arraycopy(bytes, from, bytes, at, length);
        bytes[random.nextInt(bytes.length)] =
            (byte) "{}[]\":,0-9eE.tfn\\ \n\0".charAt(random.nextInt(20));
      }
      var body = Buffer.buffer(bytes);
      assertNotNull(fixture.decode(body));
      assertNotNull(fixture.verdict(body));
    }
  }
}
