package io.commandcenter.akm.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.config.Presets;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.RouterCalls.Message;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.provider.Protocol.Embeddings;
import io.commandcenter.akm.provider.wire.KeyText;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolEncodingTest {
  private static Protocol protocol(String name) {
    return Protocols.named(name).orElseThrow();
  }

  private static JsonObject body(String protocol, ProviderRequest request) {
    return protocol(protocol).encode(request).body().toJsonObject();
  }

  @Test
  void namesTheFourProtocolsAndThenThePresets() {
    assertEquals(
        List.of("anthropic", "openai", "google", "ollama"), Protocols.names().subList(0, 4));
    assertTrue(Protocols.names().containsAll(Presets.names()));
    assertTrue(Protocols.named("smtp").isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "anthropic, https://api.anthropic.com, true, NONE, /v1/models?limit=1",
    "openai, https://api.openai.com/v1, true, EMBEDDING_MODELS, /models",
    "google, https://generativelanguage.googleapis.com, true, EMBEDDING_MODELS, /v1beta/models?pageSize=1",
    "ollama, http://localhost:11434, false, ANY_MODEL, /api/version"
  })
  void saysWhereAProviderIsAndWhatItNeeds(
      String name, String endpoint, boolean needsKey, Embeddings embeddings, String check) {
    var protocol = protocol(name);
    assertEquals(endpoint, protocol.defaultEndpoint());
    assertEquals(needsKey, protocol.needsKey());
    assertEquals(embeddings, protocol.embeddings());
    var call = protocol.encodeKeyCheck();
    assertEquals(HttpMethod.GET, call.method());
    assertEquals(check, call.path());
    assertNull(call.body());
  }

  @ParameterizedTest
  @CsvSource({
    "anthropic, x-api-key, k-1",
    "openai, authorization, Bearer k-1",
    "google, x-goog-api-key, k-1",
    "ollama, authorization, Bearer k-1"
  })
  void putsTheKeyIntoItsHeaderOnly(String name, String header, String value) {
    var headers = MultiMap.caseInsensitiveMultiMap();
    protocol(name).authorize(headers, Secret.of("k-1"));
    assertEquals(1, headers.size());
    assertEquals(value, headers.get(header));
    assertFalse(protocol(name).encodeKeyCheck().path().contains("k-1"));
  }

  @Test
  void anthropicTakesTheSystemTextApart() {
    var call = protocol("anthropic").encode(Requests.full("claude-sonnet-4-5"));
    assertEquals("/v1/messages", call.path());
    assertEquals("2023-06-01", call.headers().get("anthropic-version"));
    var body = call.body().toJsonObject();
    assertEquals("Be brief.\n\nBe kind.", body.getString("system"));
    // Two neighbours of the user are one message.
    assertEquals(3, body.getJsonArray("messages").size());
    assertEquals(77, body.getInteger("max_tokens"));
    assertEquals(JsonArray.of("END"), body.getJsonArray("stop_sequences"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "claude-sonnet-4-5",
        "claude-haiku-4-5-20251001",
        "claude-opus-4-6",
        "claude-opus-4-20250514",
        "claude-3-haiku-20240307"
      })
  void clampsTheTemperatureOfOlderAnthropicModels(String model) {
    assertEquals(1.0, body("anthropic", Requests.full(model)).getDouble("temperature"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "claude-opus-4-7",
        "claude-sonnet-5",
        "claude-opus-5-5",
        "claude-fable-5-2",
        "claude-next",
        "claude-haiku-5-5"
      })
  void dropsTheTemperatureThatNewerAnthropicModelsRefuse(String model) {
    assertFalse(body("anthropic", Requests.full(model)).containsKey("temperature"));
  }

  @Test
  void leavesOutBlankStopSequencesOfAnthropic() {
    var chat =
        new ProviderRequest.Chat(
            "claude-opus-5", List.of(new Message("user", "x")), 1, null, List.of(" "));
    assertFalse(body("anthropic", chat).containsKey("stop_sequences"));
  }

  @Test
  void makesALoneSystemTextTheUsersTurn() {
    var chat =
        new ProviderRequest.Chat(
            "m", List.of(new Message("system", "Say hello.")), 1, null, List.of());
    var message = body("anthropic", chat).getJsonArray("messages").getJsonObject(0);
    assertEquals("user", message.getString("role"));
    assertFalse(body("anthropic", chat).containsKey("system"));
  }

  @Test
  void refusesEmbeddingsOfAnthropic() {
    var embed = new ProviderRequest.Embed("m", List.of("x"));
    var failure = assertThrows(Failure.class, () -> protocol("anthropic").encode(embed));
    assertEquals(Code.BAD_REQUEST, failure.code());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gpt-6.1-terra",
        "gpt-5",
        "gpt-5-mini",
        "o3",
        "o4-mini",
        "gpt-10",
        "openai/gpt-5.5",
        "ft:gpt-5:org"
      })
  void sendsReasoningModelsOnlyWhatTheyTake(String model) {
    var body = body("openai", Requests.full(model));
    assertEquals(77, body.getInteger("max_completion_tokens"));
    for (var refused : List.of("max_tokens", "stop", "temperature")) {
      assertFalse(body.containsKey(refused), refused);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gpt-4",
        "gpt-4o",
        "gpt-4.1-mini",
        "gpt-3.5-turbo",
        "gpt-oss:20b",
        "mistral-small",
        "ollama3"
      })
  void sendsOlderAndForeignModelsMaxTokens(String model) {
    var body = body("openai", Requests.full(model));
    assertEquals(77, body.getInteger("max_tokens"));
    assertEquals(1.5, body.getDouble("temperature"));
    assertEquals(JsonArray.of("END"), body.getJsonArray("stop"));
    assertFalse(body.containsKey("max_completion_tokens"));
    assertEquals(6, body.getJsonArray("messages").size());
  }

  @Test
  void asksOpenAiForPlainNumbers() {
    var call = protocol("openai").encode(new ProviderRequest.Embed("e", List.of("a", "b")));
    assertEquals("/embeddings", call.path());
    assertEquals("float", call.body().toJsonObject().getString("encoding_format"));
    assertEquals(JsonArray.of("a", "b"), call.body().toJsonObject().getJsonArray("input"));
  }

  @Test
  void googleAlternatesUserAndModel() {
    var call = protocol("google").encode(Requests.full("gemini-3.8-flash"));
    assertEquals("/v1beta/models/gemini-3.8-flash:generateContent", call.path());
    var body = call.body().toJsonObject();
    var contents = body.getJsonArray("contents");
    assertEquals(
        List.of("user", "model", "user"),
        contents.stream().map(content -> ((JsonObject) content).getString("role")).toList());
    assertEquals(2, contents.getJsonObject(0).getJsonArray("parts").size());
    assertEquals(
        "Be brief.\n\nBe kind.",
        body.getJsonObject("systemInstruction")
            .getJsonArray("parts")
            .getJsonObject(0)
            .getString("text"));
    assertEquals(
        new JsonObject()
            .put("maxOutputTokens", 77)
            .put("temperature", 1.5)
            .put("stopSequences", JsonArray.of("END")),
        body.getJsonObject("generationConfig"));
  }

  @Test
  void googleEmbedsInOneCall() {
    var call =
        protocol("google").encode(new ProviderRequest.Embed("models/e-1", List.of("a", "b")));
    assertEquals("/v1beta/models/e-1:batchEmbedContents", call.path());
    var requests = call.body().toJsonObject().getJsonArray("requests");
    assertEquals(2, requests.size());
    assertEquals("models/e-1", requests.getJsonObject(0).getString("model"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../v1/files",
        "a/b",
        "a?key=1",
        "a#b",
        "a%2fb",
        "",
        ".",
        "..",
        "a:b",
        "a b",
        "a\nb",
        "é",
        "models/",
        "models/../x"
      })
  void refusesAGoogleModelThatWouldChangeThePath(String model) {
    var chat = Requests.chat(model, "x");
    assertThrows(Failure.class, () -> protocol("google").encode(chat));
  }

  @Test
  void ollamaNeitherStreamsNorCutsThePrompt() {
    var call = protocol("ollama").encode(Requests.full("llama3.2"));
    assertEquals("/api/chat", call.path());
    var body = call.body().toJsonObject();
    assertEquals(false, body.getBoolean("stream"));
    assertEquals(false, body.getBoolean("truncate"));
    assertEquals(
        new JsonObject()
            .put("num_predict", 77)
            .put("temperature", 1.5)
            .put("stop", JsonArray.of("END")),
        body.getJsonObject("options"));
    assertEquals(6, body.getJsonArray("messages").size());
  }

  @Test
  void ollamaEmbedsInOneCall() {
    var call = protocol("ollama").encode(new ProviderRequest.Embed("e", List.of("a", "b")));
    assertEquals("/api/embed", call.path());
    assertEquals(JsonArray.of("a", "b"), call.body().toJsonObject().getJsonArray("input"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"k\r\nx-evil: 1", "k k", "k\u007f", "kéy", "k\tk"})
  void refusesAKeyThatCouldWriteHeaders(String key) {
    var failure = assertThrows(Failure.class, () -> KeyText.of(Secret.of(key)));
    assertEquals(Code.BAD_REQUEST, failure.code());
    assertFalse(failure.detail().contains("evil"));
  }

  @Test
  void tellsAWipedKeyFromABadOne() {
    var key = Secret.of("k-1");
    key.close();
    assertEquals(Code.UNAVAILABLE, assertThrows(Failure.class, () -> KeyText.of(key)).code());
  }
}
