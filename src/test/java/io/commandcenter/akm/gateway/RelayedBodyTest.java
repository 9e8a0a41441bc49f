package io.commandcenter.akm.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.commandcenter.akm.exchange.WireFormat;
import io.commandcenter.akm.provider.relay.RelayCall;
import io.commandcenter.akm.provider.relay.RelayRequest;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a body between the scan and the provider. */
class RelayedBodyTest {
  private static final int ROUNDS = Boolean.getBoolean("akm.soak") ? 50_000 : 5_000;
  private static final BodyScanner SCANNER = new BodyScanner(16, 100_000);

  private static Buffer relayed(
      WireFormat format, Buffer body, Integer limit, boolean streaming, String limitName) {
    var scan = SCANNER.scan(body, format);
    var headers = MultiMap.caseInsensitiveMultiMap();
    var request = new RelayRequest(format, "new/m", body, scan, limit, streaming, headers);
    boolean asksUsage = format == WireFormat.OPENAI_CHAT;
    return RelayCall.of(request, "/p", limitName, asksUsage).body();
  }

  /**
   * Each body's expected text, every byte of it. Seen failing with a null limit left beside ours.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OPENAI_CHAT|max_tokens|{}|{\"max_tokens\":50}",
        "OPENAI_CHAT|max_tokens|{ \"a\":1}|{\"max_tokens\":50, \"a\":1}",
        "OPENAI_CHAT|max_completion_tokens|{\"a\":1}|{\"max_completion_tokens\":50,\"a\":1}",
        "OPENAI_CHAT|max_tokens|{\"max_tokens\": 51 }|{\"max_tokens\": 50 }",
        "OPENAI_CHAT|max_tokens|{\"max_tokens\": 49 }|{\"max_tokens\": 49 }",
        "OPENAI_CHAT|max_tokens|{\"max_tokens\":null}|{\"max_tokens\":50}",
        "ANTHROPIC_MESSAGES|max_tokens|{\"max_tokens\":99}|{\"max_tokens\":50}",
        "OPENAI_RESPONSES|max_output_tokens|{\"a\":1}|{\"max_output_tokens\":50,\"a\":1}",
        "GOOGLE_GENERATE|maxOutputTokens|{}|{\"generationConfig\":{\"maxOutputTokens\":50}}",
        "GOOGLE_GENERATE|maxOutputTokens|{\"generationConfig\":null,\"a\":1}"
            + "|{\"generationConfig\":{\"maxOutputTokens\":50},\"a\":1}",
        "GOOGLE_GENERATE|maxOutputTokens|{\"generation_config\":{ \"max_output_tokens\": null }}"
            + "|{\"generation_config\":{ \"max_output_tokens\": 50 }}",
        "GOOGLE_GENERATE|maxOutputTokens|{\"generationConfig\":{\"topK\":1}}"
            + "|{\"generationConfig\":{\"maxOutputTokens\":50,\"topK\":1}}",
        "OLLAMA_CHAT|num_predict|{\"options\":{}}|{\"options\":{\"num_predict\":50}}",
        "OLLAMA_CHAT|num_predict|{\"options\":null}|{\"options\":{\"num_predict\":50}}",
        "OLLAMA_GENERATE|num_predict|{\"options\":{\"num_predict\":60}}"
            + "|{\"options\":{\"num_predict\":50}}",
        "OLLAMA_CHAT|num_predict|{\"a\":1}|{\"options\":{\"num_predict\":50},\"a\":1}"
      })
  void putsTheLimitWhereTheFormatHasIt(
      WireFormat format, String name, String body, String expected) {
    assertEquals(expected, relayed(format, Buffer.buffer(body), 50, false, name).toString());
  }

  @Test
  void leavesTheCallersOwnBufferWhereNothingChanges() {
    var body = Buffer.buffer("{\"model\":\"new/m\",\"max_tokens\":9}");
    assertSame(body, relayed(WireFormat.OPENAI_CHAT, body, null, false, "max_tokens"));
    assertSame(body, relayed(WireFormat.OPENAI_CHAT, body, 9, false, "max_tokens"));
  }

  @Test
  void renamesTheModel() {
    var body = Buffer.buffer("{\"x\":\"é\", \"model\" : \"ol\\u0064\" }");
    assertEquals(
        "{\"x\":\"é\", \"model\" : \"new/m\" }",
        relayed(WireFormat.OPENAI_CHAT, body, null, false, "max_tokens").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"model\":\"new/m\"}|{\"stream_options\":{\"include_usage\":true},\"model\":\"new/m\"}",
        "{\"model\":\"new/m\",\"stream_options\":null}"
            + "|{\"model\":\"new/m\",\"stream_options\":{\"include_usage\":true}}",
        "{\"model\":\"new/m\",\"stream_options\":{\"include_usage\":true}}"
            + "|{\"model\":\"new/m\",\"stream_options\":{\"include_usage\":true}}"
      })
  void asksForTheUsageOfAStream(String body, String expected) {
    assertEquals(
        expected,
        relayed(WireFormat.OPENAI_CHAT, Buffer.buffer(body), null, true, "max_tokens").toString());
  }

  /** The same edits on bytes and on a tree. */
  @Test
  void editsBytesAsItWouldATree() {
    var random = new Random(17);
    for (int i = 0; i < ROUNDS; i++) {
      var json = RandomBodies.of(random);
      var limit = random.nextBoolean() ? null : 1 + random.nextInt(5_000);
      boolean streaming = random.nextBoolean();
      var out =
          relayed(WireFormat.OPENAI_CHAT, Buffer.buffer(json), limit, streaming, "max_tokens");
      assertEquals(edited(new JsonObject(json), limit, streaming), new JsonObject(out), json);
    }
  }

  private static JsonObject edited(JsonObject tree, Integer limit, boolean streaming) {
    tree.put("model", "new/m");
    var own = tree.getInteger("max_tokens");
    if (limit != null && (own == null || own > limit)) {
      tree.put("max_tokens", limit);
    }
    var options = tree.getJsonObject("stream_options");
    if (streaming && (options == null || !options.getBoolean("include_usage", false))) {
      tree.put("stream_options", new JsonObject().put("include_usage", true));
    }
    return tree;
  }
}
