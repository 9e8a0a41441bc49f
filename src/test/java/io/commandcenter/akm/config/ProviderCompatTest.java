package io.commandcenter.akm.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.testkit.OriginalRouting;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Compatible servers in routing.json: presets by name, and their switches. */
class ProviderCompatTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-11-22");

  private static RoutingConfig read(JsonObject... providers) {
    var routing = OriginalRouting.json();
    for (int i = 0; i < providers.length; i++) {
      routing.getJsonObject("providers").put("p" + i, providers[i]);
    }
    return ConfigLoader.of(new JsonObject(), routing, Map.of(), TODAY).routing();
  }

  private static List<String> faults(JsonObject... providers) {
    return assertThrows(ConfigFault.class, () -> read(providers)).faults();
  }

  private static JsonObject provider(String protocol) {
    return new JsonObject()
        .put("protocol", protocol)
        .put("models", JsonArray.of("m"))
        .put("endpoint", "https://models.example.com/v1");
  }

  @Test
  void aPresetIsNamedAsProtocol() {
    var provider = read(provider("mistral")).providers().get("p0");
    assertEquals("mistral", provider.protocol());
    assertEquals("mistral", provider.vendor());
    assertNull(provider.compat());
    assertEquals("openai", read(provider("azure")).providers().get("p0").vendor());
  }

  @Test
  void aProviderNamedLikeAPresetSpeaksIt() {
    var routing = OriginalRouting.json();
    routing
        .getJsonObject("providers")
        .put("groq", new JsonObject().put("models", JsonArray.of("m")));
    var read = ConfigLoader.of(new JsonObject(), routing, Map.of(), TODAY).routing();
    assertEquals("groq", read.providers().get("groq").protocol());
  }

  @Test
  void oneSwitchIsOverriddenAndTheOthersStay() {
    var compat =
        read(provider("generic")
                .put(
                    "compat",
                    new JsonObject()
                        .put("supports_stream_usage", true)
                        .put("auth_header", "X-Key")
                        .put("auth_scheme", "")
                        .put("extra_headers", new JsonObject().put("X-Title", "akm"))))
            .providers()
            .get("p0")
            .compat();
    assertTrue(compat.streamUsage());
    assertEquals("X-Key", compat.authHeader());
    assertEquals("", compat.authScheme());
    assertEquals(Map.of("X-Title", "akm"), compat.extraHeaders());
    assertEquals("max_tokens", compat.maxTokensField());
    assertEquals("/models", compat.keyCheckPath());
  }

  @Test
  void everyFaultIsReportedTogether() {
    assertEquals(
        List.of(
            "routing.json.providers.p0.endpoint: is required for the protocol vllm",
            "routing.json.providers.p1.compat: is only for protocols that speak like OpenAI",
            "routing.json.providers.p2.compat.max_tokens_field: must be one of auto, max_tokens,"
                + " max_completion_tokens",
            "routing.json.providers.p2.compat.supports_tools: must be true or false",
            "routing.json.providers.p2.compat.key_check_path: has characters that do not belong there",
            "routing.json.providers.p2.compat.extra_headers: must not hold `Authorization`: keys belong"
                + " into the vault",
            "routing.json.providers.p2.compat.suports_seed: is unknown; did you mean `supports_seed`?",
            "routing.json.providers.p3.endpoint: is required for the protocol bedrock"),
        faults(
            new JsonObject().put("protocol", "vllm").put("models", JsonArray.of("m")),
            provider("anthropic").put("compat", new JsonObject()),
            provider("generic")
                .put(
                    "compat",
                    new JsonObject()
                        .put("max_tokens_field", "tokens")
                        .put("supports_tools", "yes")
                        .put("key_check_path", "/../secrets#")
                        .put("extra_headers", new JsonObject().put("Authorization", "x"))
                        .put("suports_seed", true)),
            new JsonObject().put("protocol", "bedrock").put("models", JsonArray.of("m"))));
  }
}
