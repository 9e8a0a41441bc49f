package io.commandcenter.akm.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.core.routing.ErrorClass;
import io.commandcenter.akm.provider.ProviderReply.Answered;
import io.commandcenter.akm.provider.ProviderReply.Failed;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that were not recorded, but may come. */
class ProtocolDecodingTest {
  private static ProviderReply decode(String protocol, ProviderRequest request, String body) {
    return Protocols.named(protocol)
        .orElseThrow()
        .decode(request, 200, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer(body), Fixture.NOW);
  }

  private static Answered chat(String protocol, String body) {
    return (Answered) decode(protocol, Requests.chat("m", "hello"), body);
  }

  private static ErrorClass failure(String protocol, ProviderRequest request, String body) {
    return ((Failed) decode(protocol, request, body)).errorClass();
  }

  @ParameterizedTest
  @ValueSource(strings = {"anthropic", "openai", "google", "ollama"})
  void callsAnEmptyOrUnreadableAnswerBad(String protocol) {
    var chat = Requests.chat("m", "x");
    var embed = new ProviderRequest.Embed("m", List.of("x"));
    for (var body :
        List.of("", "<html>", "{}", "[]", "null", "42", "{\"choices\":[]}", "[".repeat(5000))) {
      assertEquals(ErrorClass.BAD_ANSWER, failure(protocol, chat, body), body);
      assertEquals(ErrorClass.BAD_ANSWER, failure(protocol, embed, body), body);
    }
  }

  @Test
  void treatsUnsplitAnthropicCacheWritesAsShortLived() {
    var answer =
        chat(
            "anthropic",
            """
            {"content": [{"type": "text", "text": "x"}], "stop_reason": "end_turn",
             "usage": {"input_tokens": 3, "cache_creation_input_tokens": 7, "cache_creation": null, "output_tokens": 1}}
            """);
    assertEquals(new TokenUsage(3, 0, 7, 0, 1, 0, false), answer.usage());
  }

  @ParameterizedTest
  @CsvSource({
    "refusal, content-filter",
    "model_context_window_exceeded, length",
    "pause_turn, stop",
    "new_one, stop"
  })
  void translatesAnthropicStopReasons(String theirs, String ours) {
    var body = "{\"content\": [], \"stop_reason\": \"" + theirs + "\"}";
    assertEquals(ours, chat("anthropic", body).finishReason());
  }

  @ParameterizedTest
  @CsvSource({
    "model_length, length",
    "function_call, tool-calls",
    "error, error",
    "eos, stop",
    "'', stop"
  })
  void translatesFinishReasonsOfCompatibleServers(String theirs, String ours) {
    var body =
        "{\"choices\": [{\"message\": {\"content\": \"x\"}, \"finish_reason\": \""
            + theirs
            + "\"}]}";
    assertEquals(ours, chat("openai", body).finishReason());
  }

  @ParameterizedTest
  @CsvSource({
    "RECITATION, content-filter",
    "MALFORMED_FUNCTION_CALL, error",
    "OTHER, error",
    "BRAND_NEW, error"
  })
  void translatesGoogleFinishReasons(String theirs, String ours) {
    var body = "{\"candidates\": [{\"finishReason\": \"" + theirs + "\"}]}";
    assertEquals(ours, chat("google", body).finishReason());
  }

  @Test
  void readsABlockedGooglePromptAsFiltered() {
    var answer = chat("google", "{\"promptFeedback\": {\"blockReason\": \"SAFETY\"}}");
    assertEquals("content-filter", answer.finishReason());
    assertEquals("", answer.text());
  }

  @Test
  void leavesOutGoogleThoughts() {
    var answer =
        chat(
            "google",
            """
            {"candidates": [{"content": {"parts": [{"text": "hm", "thought": true}, {"text": "yes"}]}, "finishReason": "STOP"}]}
            """);
    assertEquals("yes", answer.text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "anthropic|{\"content\": [{\"type\": \"text\", \"text\": \"four\"}]}",
        "openai|{\"choices\": [{\"message\": {\"content\": \"four\"}}]}",
        "google|{\"candidates\": [{\"content\": {\"parts\": [{\"text\": \"four\"}]}}]}",
        "ollama|{\"done\": true, \"message\": {\"content\": \"four\"}}"
      })
  void estimatesUsageThatIsNotThere(String protocol, String body) {
    // "hello" and "four" at three bytes a token
    assertEquals(new TokenUsage(2, 0, 0, 0, 2, 0, true), chat(protocol, body).usage());
  }

  @Test
  void refusesACountOfTokensThatIsNone() {
    var answer =
        chat(
            "openai",
            """
            {"choices": [{"message": {"content": "x"}}],
             "usage": {"prompt_tokens": -5, "completion_tokens": "many", "total_tokens": 1e400,
                       "prompt_tokens_details": {"cached_tokens": 1e300}}}
            """);
    assertEquals(0, answer.usage().input());
    assertEquals(0, answer.usage().output());
    assertEquals(1_000_000_000_000L, answer.usage().cacheRead());
  }

  @Test
  void addsReasoningThatAServerCountsBesideTheCompletion() {
    var answer =
        chat(
            "openai",
            """
            {"choices": [{"message": {"content": "x"}}],
             "usage": {"prompt_tokens": 32, "completion_tokens": 9, "total_tokens": 135,
                       "completion_tokens_details": {"reasoning_tokens": 94}}}
            """);
    assertEquals(103, answer.usage().output());
  }

  @Test
  void readsAnErrorInsideA200() {
    var body = "{\"error\": {\"code\": 429, \"message\": \"slow\"}}";
    assertEquals(ErrorClass.RATE_LIMIT, failure("openai", Requests.chat("m", "x"), body));
  }

  @Test
  void cutsAtTheStopTextThatAReasoningModelDoesNotTake() {
    var answer =
        (Answered)
            decode(
                "openai",
                Requests.full("gpt-6-sol"),
                "{\"choices\": [{\"message\": {\"content\": \"one END two\"}}]}");
    assertEquals("one ", answer.text());
  }

  @Test
  void joinsTheTextPartsOfACompatibleServer() {
    var body =
        "{\"choices\": [{\"message\": {\"content\": [{\"type\": \"text\", \"text\": \"a\"}, {\"text\": \"b\"}]}}]}";
    assertEquals("ab", chat("openai", body).text());
  }

  @Test
  void putsEmbeddingsIntoTheOrderOfTheInputs() {
    var embed = new ProviderRequest.Embed("m", List.of("a", "b"));
    var body =
        "{\"data\": [{\"index\": 1, \"embedding\": [2]}, {\"index\": 0, \"embedding\": [1]}]}";
    var answered = (Answered) decode("openai", embed, body);
    assertEquals(List.of(List.of(1.0), List.of(2.0)), answered.embeddings());
    assertTrue(answered.usage().estimated());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\": [{\"index\": 0, \"embedding\": [1]}]}",
        "{\"data\": [{\"index\": 0, \"embedding\": [1]}, {\"index\": 1, \"embedding\": []}]}",
        "{\"data\": [{\"index\": 0, \"embedding\": [1]}, {\"index\": 1, \"embedding\": [\"x\"]}]}",
        "{\"data\": [{\"index\": 0, \"embedding\": [1]}, {\"index\": 1, \"embedding\": \"?\"}]}"
      })
  void refusesMissingOrBrokenVectors(String body) {
    var embed = new ProviderRequest.Embed("m", List.of("a", "b"));
    assertEquals(ErrorClass.BAD_ANSWER, failure("openai", embed, body));
  }

  @Test
  void refusesOneChunkOfAnOllamaStream() {
    var body = "{\"message\": {\"content\": \"x\"}, \"done\": false}";
    assertEquals(ErrorClass.BAD_ANSWER, failure("ollama", Requests.chat("m", "x"), body));
  }

  @ParameterizedTest
  @ValueSource(strings = {"anthropic", "openai", "google", "ollama"})
  void callsAnUnreadableKeyCheckANetworkFault(String protocol) {
    var verdict =
        Protocols.named(protocol)
            .orElseThrow()
            .decodeKeyCheck(
                200,
                MultiMap.caseInsensitiveMultiMap(),
                Buffer.buffer("<html>log in</html>"),
                Fixture.NOW);
    assertEquals("network", verdict.outcome());
    assertEquals(false, verdict.reachable());
  }
}
