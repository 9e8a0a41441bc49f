package io.commandcenter.akm.provider.anthropic;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.RouterCalls.Message;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.exchange.WireFormat;
import io.commandcenter.akm.provider.KeyVerdicts;
import io.commandcenter.akm.provider.Protocol;
import io.commandcenter.akm.provider.ProviderReply;
import io.commandcenter.akm.provider.ProviderReply.Answered;
import io.commandcenter.akm.provider.ProviderRequest;
import io.commandcenter.akm.provider.TokenEstimate;
import io.commandcenter.akm.provider.Turns;
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
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Anthropic's Messages API, version 2023-06-01; it has no embeddings. */
public final class AnthropicProtocol implements Protocol {
  /**
   * The last models that take sampling parameters; every later one answers 400 to a temperature. An
   * unknown name is treated as later: a dropped temperature breaks nothing, a refused request does.
   */
  private static final Pattern SAMPLING =
      Pattern.compile(
          "claude-(?:[23]|instant|(?:opus|sonnet|haiku)-4(?:-20\\d{6}$|-[0-6](?:-|$)|$))");

  @Override
  public String name() {
    return "anthropic";
  }

  @Override
  public String defaultEndpoint() {
    return "https://api.anthropic.com";
  }

  @Override
  public boolean needsKey() {
    return true;
  }

  @Override
  public Embeddings embeddings() {
    return Embeddings.NONE;
  }

  @Override
  public HttpCall encode(ProviderRequest request) {
    if (!(request instanceof ProviderRequest.Chat chat)) {
      throw Failure.badRequest("Anthropic has no embeddings; use another provider for them.");
    }
    return new HttpCall(HttpMethod.POST, "/v1/messages", headers(), body(chat).toBuffer());
  }

  private static JsonObject body(ProviderRequest.Chat chat) {
    var turns = Turns.of(chat.messages());
    var body =
        new JsonObject()
            .put("model", chat.model())
            .put("max_tokens", chat.maxOutputTokens())
            .put("messages", messages(turns.messages()));
    turns.system().ifPresent(system -> body.put("system", system));
    // A blank stop sequence is refused with 400.
    var stop = chat.stop().stream().filter(text -> !text.isBlank()).toList();
    if (!stop.isEmpty()) {
      body.put("stop_sequences", stop);
    }
    if (chat.temperature() != null && SAMPLING.matcher(chat.model()).lookingAt()) {
      body.put("temperature", Math.min(1, Math.max(0, chat.temperature())));
    }
    return body;
  }

  private static JsonArray messages(List<Message> messages) {
    var array = new JsonArray();
    messages.forEach(
        m -> array.add(new JsonObject().put("role", m.role()).put("content", m.content())));
    return array;
  }

  @Override
  public HttpCall encodeKeyCheck() {
    return new HttpCall(HttpMethod.GET, "/v1/models?limit=1", headers(), null);
  }

  private static MultiMap headers() {
    return MultiMap.caseInsensitiveMultiMap().set("anthropic-version", "2023-06-01");
  }

  @Override
  public void authorize(MultiMap headers, Secret key) {
    headers.set("x-api-key", KeyText.of(key));
  }

  @Override
  public Set<WireFormat> relays() {
    return Set.of(WireFormat.ANTHROPIC_MESSAGES, WireFormat.ANTHROPIC_COUNT_TOKENS);
  }

  @Override
  public HttpCall relay(RelayRequest request) {
    var path =
        request.format() == WireFormat.ANTHROPIC_COUNT_TOKENS
            ? "/v1/messages/count_tokens"
            : "/v1/messages";
    var call = RelayCall.of(request, path, "max_tokens", false);
    if (!call.headers().contains("anthropic-version")) {
      call.headers().setAll(headers());
    }
    return call;
  }

  @Override
  public ProviderReply decode(
      ProviderRequest request, int status, MultiMap headers, Buffer body, Instant now) {
    return Decoding.reply(
        status, headers, body, now, answer -> Optional.ofNullable(read(request, status, answer)));
  }

  private static Answered read(ProviderRequest request, int status, Fields answer) {
    if (!answer.isList("content")) {
      return null;
    }
    var text =
        answer.list("content").stream()
            .filter(block -> "text".equals(block.text("type")))
            .map(block -> block.text("text"))
            .filter(Objects::nonNull)
            .collect(Collectors.joining());
    var usage = answer.has("usage") ? usage(answer.at("usage")) : TokenEstimate.of(request, text);
    return new Answered(
        status,
        text,
        List.of(),
        finishReason(answer.text("stop_reason")),
        usage,
        answer.text("model"));
  }

  private static TokenUsage usage(Fields usage) {
    var created = usage.at("cache_creation");
    // Older answers give only the sum: all of it counts as the short-lived kind.
    var isSplit = usage.has("cache_creation");
    return new TokenUsage(
        usage.count("input_tokens"),
        usage.count("cache_read_input_tokens"),
        isSplit
            ? created.count("ephemeral_5m_input_tokens")
            : usage.count("cache_creation_input_tokens"),
        created.count("ephemeral_1h_input_tokens"),
        usage.count("output_tokens"),
        usage.at("output_tokens_details").count("thinking_tokens"),
        false);
  }

  private static String finishReason(String reason) {
    return switch (reason == null ? "" : reason) {
      case "max_tokens", "model_context_window_exceeded" -> "length";
      case "tool_use" -> "tool-calls";
      case "refusal" -> "content-filter";
      default -> "stop";
    };
  }

  @Override
  public KeyVerdict decodeKeyCheck(int status, MultiMap headers, Buffer body, Instant now) {
    return KeyVerdicts.ofModelList(status, headers, body, now, "data");
  }
}
