package io.commandcenter.akm.provider.ollama;

import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.exchange.WireFormat;
import io.commandcenter.akm.provider.FailedReplies;
import io.commandcenter.akm.provider.KeyVerdicts;
import io.commandcenter.akm.provider.Protocol;
import io.commandcenter.akm.provider.ProviderReply;
import io.commandcenter.akm.provider.ProviderReply.Answered;
import io.commandcenter.akm.provider.ProviderRequest;
import io.commandcenter.akm.provider.TokenEstimate;
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

/** Ollama's own API: a local server without a key, or its cloud with one. */
public final class OllamaProtocol implements Protocol {
  @Override
  public String name() {
    return "ollama";
  }

  @Override
  public String defaultEndpoint() {
    return "http://localhost:11434";
  }

  @Override
  public boolean needsKey() {
    return false;
  }

  @Override
  public Embeddings embeddings() {
    return Embeddings.ANY_MODEL;
  }

  @Override
  public HttpCall encode(ProviderRequest request) {
    // Streaming is the default here. Without truncate:false a long prompt is cut in silence.
    var body =
        new JsonObject().put("model", request.model()).put("stream", false).put("truncate", false);
    if (request instanceof ProviderRequest.Chat chat) {
      return post("/api/chat", body.put("messages", messages(chat)).put("options", options(chat)));
    }
    body.remove("stream");
    return post("/api/embed", body.put("input", ((ProviderRequest.Embed) request).input()));
  }

  private static HttpCall post(String path, JsonObject body) {
    return new HttpCall(HttpMethod.POST, path, MultiMap.caseInsensitiveMultiMap(), body.toBuffer());
  }

  private static JsonArray messages(ProviderRequest.Chat chat) {
    var messages = new JsonArray();
    chat.messages()
        .forEach(
            m -> messages.add(new JsonObject().put("role", m.role()).put("content", m.content())));
    return messages;
  }

  private static JsonObject options(ProviderRequest.Chat chat) {
    var options = new JsonObject().put("num_predict", chat.maxOutputTokens());
    if (chat.temperature() != null) {
      options.put("temperature", Math.min(2, Math.max(0, chat.temperature())));
    }
    if (!chat.stop().isEmpty()) {
      options.put("stop", chat.stop());
    }
    return options;
  }

  @Override
  public HttpCall encodeKeyCheck() {
    return new HttpCall(HttpMethod.GET, "/api/version", MultiMap.caseInsensitiveMultiMap(), null);
  }

  @Override
  public void authorize(MultiMap headers, Secret key) {
    headers.set("authorization", "Bearer " + KeyText.of(key));
  }

  @Override
  public Set<WireFormat> relays() {
    return Set.of(WireFormat.OLLAMA_CHAT, WireFormat.OLLAMA_GENERATE, WireFormat.OLLAMA_EMBED);
  }

  @Override
  public HttpCall relay(RelayRequest request) {
    var path =
        switch (request.format()) {
          case OLLAMA_GENERATE -> "/api/generate";
          case OLLAMA_EMBED -> "/api/embed";
          default -> "/api/chat";
        };
    return RelayCall.of(request, path, "num_predict", false);
  }

  @Override
  public ProviderReply decode(
      ProviderRequest request, int status, MultiMap headers, Buffer body, Instant now) {
    return Decoding.reply(status, headers, body, now, answer -> read(request, status, answer));
  }

  private static Optional<Answered> read(ProviderRequest request, int status, Fields answer) {
    if (request instanceof ProviderRequest.Embed embed) {
      return Decoding.vectors(answer.values("embeddings"), embed.input().size())
          .map(vectors -> answered(status, null, vectors, "stop", request, answer));
    }
    // A chunk of a stream, or the first line of several, is not a whole answer.
    if (!Boolean.TRUE.equals(answer.map().get("done")) || !answer.has("message")) {
      return Optional.empty();
    }
    var text = Objects.requireNonNullElse(answer.at("message").text("content"), "");
    return Optional.of(answered(status, text, List.of(), finishReason(answer), request, answer));
  }

  private static Answered answered(
      int status,
      String text,
      List<List<Double>> vectors,
      String finishReason,
      ProviderRequest request,
      Fields answer) {
    // Zero counts are left out: only an answer without any says nothing.
    var counted = answer.has("prompt_eval_count") || answer.has("eval_count");
    var usage =
        counted
            ? TokenUsage.of(answer.count("prompt_eval_count"), answer.count("eval_count"))
            : TokenEstimate.of(request, text);
    return new Answered(status, text, vectors, finishReason, usage, answer.text("model"));
  }

  private static String finishReason(Fields answer) {
    if (!answer.at("message").list("tool_calls").isEmpty()) {
      return "tool-calls";
    }
    return "length".equals(answer.text("done_reason")) ? "length" : "stop";
  }

  /** The version is told to everybody, so it proves that the server is there, and no key. */
  @Override
  public KeyVerdict decodeKeyCheck(int status, MultiMap headers, Buffer body, Instant now) {
    if (status / 100 != 2) {
      return KeyVerdicts.ofError(status, headers, body, now);
    }
    return Fields.parse(body).text("version") != null
        ? new KeyVerdict("unchecked", status, "The server answers; it checks no key for this.")
        : KeyVerdicts.ofFailure(FailedReplies.badAnswer(status));
  }
}
