package io.commandcenter.akm.provider.openai;

import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.exchange.WireFormat;
import io.commandcenter.akm.provider.FailedReplies;
import io.commandcenter.akm.provider.KeyVerdicts;
import io.commandcenter.akm.provider.Protocol;
import io.commandcenter.akm.provider.ProviderReply;
import io.commandcenter.akm.provider.ProviderRequest;
import io.commandcenter.akm.provider.Upstream.KeyVerdict;
import io.commandcenter.akm.provider.relay.RelayCall;
import io.commandcenter.akm.provider.relay.RelayRequest;
import io.commandcenter.akm.provider.wire.Decoding;
import io.commandcenter.akm.provider.wire.Fields;
import io.commandcenter.akm.provider.wire.KeyText;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;

/** OpenAI's Chat Completions and embeddings, and every server that speaks them. */
public final class OpenAiProtocol implements Protocol {
  /**
   * Reasoning models refuse {@code max_tokens}, {@code stop} and most temperatures with 400; older
   * models and compatible servers know nothing newer than {@code max_tokens}. A vendor prefix and
   * that of fine-tuned models do not change the kind.
   */
  private static final Pattern REASONING =
      Pattern.compile("(?:.*/)?(?:ft:)?(?:o\\d.*|gpt-(?:[5-9]|[1-9]\\d)(?:\\D.*)?)");

  private static final Set<WireFormat> RELAYS =
      Set.of(
          WireFormat.OPENAI_CHAT,
          WireFormat.OPENAI_RESPONSES,
          WireFormat.OPENAI_COMPLETIONS,
          WireFormat.OPENAI_EMBEDDINGS);

  static boolean isReasoning(String model) {
    return REASONING.matcher(model).matches();
  }

  @Override
  public String name() {
    return "openai";
  }

  @Override
  public String defaultEndpoint() {
    return "https://api.openai.com/v1";
  }

  @Override
  public boolean needsKey() {
    return true;
  }

  @Override
  public Embeddings embeddings() {
    return Embeddings.EMBEDDING_MODELS;
  }

  @Override
  public HttpCall encode(ProviderRequest request) {
    return request instanceof ProviderRequest.Chat chat
        ? post("/chat/completions", chatBody(chat))
        : post("/embeddings", embedBody((ProviderRequest.Embed) request));
  }

  private static HttpCall post(String path, JsonObject body) {
    return new HttpCall(HttpMethod.POST, path, MultiMap.caseInsensitiveMultiMap(), body.toBuffer());
  }

  private static JsonObject chatBody(ProviderRequest.Chat chat) {
    var messages = new JsonArray();
    chat.messages()
        .forEach(
            m -> messages.add(new JsonObject().put("role", m.role()).put("content", m.content())));
    var body = new JsonObject().put("model", chat.model()).put("messages", messages);
    if (isReasoning(chat.model())) {
      // Stop texts are cut from the answer instead.
      return body.put("max_completion_tokens", chat.maxOutputTokens());
    }
    body.put("max_tokens", chat.maxOutputTokens());
    if (!chat.stop().isEmpty()) {
      body.put("stop", chat.stop());
    }
    if (chat.temperature() != null) {
      body.put("temperature", Math.min(2, Math.max(0, chat.temperature())));
    }
    return body;
  }

  private static JsonObject embedBody(ProviderRequest.Embed embed) {
    return new JsonObject()
        .put("model", embed.model())
        .put("input", embed.input())
        .put("encoding_format", "float");
  }

  @Override
  public HttpCall encodeKeyCheck() {
    return new HttpCall(HttpMethod.GET, "/models", MultiMap.caseInsensitiveMultiMap(), null);
  }

  @Override
  public void authorize(MultiMap headers, Secret key) {
    headers.set("authorization", "Bearer " + KeyText.of(key));
  }

  @Override
  public Set<WireFormat> relays() {
    return RELAYS;
  }

  @Override
  public HttpCall relay(RelayRequest request) {
    return switch (request.format()) {
      case OPENAI_RESPONSES -> RelayCall.of(request, "/responses", "max_output_tokens", false);
      case OPENAI_COMPLETIONS -> RelayCall.of(request, "/completions", "max_tokens", true);
      case OPENAI_EMBEDDINGS -> RelayCall.of(request, "/embeddings", "", false);
      default ->
          RelayCall.of(
              request,
              "/chat/completions",
              isReasoning(request.model()) ? "max_completion_tokens" : "max_tokens",
              true);
    };
  }

  @Override
  public ProviderReply decode(
      ProviderRequest request, int status, MultiMap headers, Buffer body, Instant now) {
    var inBody = errorOf(status, body);
    if (inBody > 0) {
      return FailedReplies.of(inBody, headers, body, now);
    }
    return Decoding.reply(
        status, headers, body, now, answer -> OpenAiAnswer.read(request, status, answer));
  }

  /** Some aggregators answer 200 with an error and its status in the body; 0 if there is none. */
  private static int errorOf(int status, Buffer body) {
    if (status / 100 != 2) {
      return 0;
    }
    int code = Fields.parse(body).at("error").integer("code");
    return code >= 400 && code < 600 ? code : 0;
  }

  @Override
  public KeyVerdict decodeKeyCheck(int status, MultiMap headers, Buffer body, Instant now) {
    return KeyVerdicts.ofModelList(status, headers, body, now, "data");
  }
}
