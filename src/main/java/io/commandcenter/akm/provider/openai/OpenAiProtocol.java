package io.commandcenter.akm.provider.openai;

import io.commandcenter.akm.config.Compat;
import io.commandcenter.akm.config.Presets.Preset;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.exchange.WireFormat;
import io.commandcenter.akm.provider.FailedReplies;
import io.commandcenter.akm.provider.Protocol;
import io.commandcenter.akm.provider.ProviderReply;
import io.commandcenter.akm.provider.ProviderRequest;
import io.commandcenter.akm.provider.StreamReader;
import io.commandcenter.akm.provider.Upstream.KeyVerdict;
import io.commandcenter.akm.provider.relay.RelayCall;
import io.commandcenter.akm.provider.relay.RelayRequest;
import io.commandcenter.akm.provider.wire.Decoding;
import io.commandcenter.akm.provider.wire.Fields;
import io.commandcenter.akm.provider.wire.KeyText;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/** OpenAI's Chat Completions and embeddings, and every server that speaks them. */
public final class OpenAiProtocol implements Protocol {
  private final String name;
  private final String endpoint;
  private final Compat compat;

  public OpenAiProtocol(Preset preset) {
    this(preset.name(), preset.endpoint(), preset.compat());
  }

  /**
   * @param endpoint null if each installation has its own
   */
  public OpenAiProtocol(String name, String endpoint, Compat compat) {
    this.name = name;
    this.endpoint = endpoint;
    this.compat = compat;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String family() {
    return "openai";
  }

  @Override
  public String defaultEndpoint() {
    return endpoint;
  }

  @Override
  public boolean needsKey() {
    return compat.needsKey();
  }

  @Override
  public Embeddings embeddings() {
    return compat.embeddings() ? Embeddings.EMBEDDING_MODELS : Embeddings.NONE;
  }

  @Override
  public HttpCall encode(ProviderRequest request) {
    if (request instanceof ProviderRequest.Chat chat) {
      return isOfResponses(chat)
          ? post("/responses", ResponsesBody.of(chat, compat))
          : post("/chat/completions", OpenAiBody.of(chat, compat));
    }
    return post("/embeddings", embedBody((ProviderRequest.Embed) request));
  }

  private boolean isOfResponses(ProviderRequest.Chat chat) {
    return compat.responses() && OpenAiModels.needsResponses(chat.model());
  }

  private HttpCall post(String path, JsonObject body) {
    return new HttpCall(HttpMethod.POST, path, headers(), body.toBuffer());
  }

  private MultiMap headers() {
    return MultiMap.caseInsensitiveMultiMap().addAll(compat.extraHeaders());
  }

  private JsonObject embedBody(ProviderRequest.Embed embed) {
    if (!compat.embeddings()) {
      throw Failure.badRequest("This provider has no embeddings; use another one for them.");
    }
    var body =
        new JsonObject()
            .put("model", embed.model())
            .put("input", embed.input())
            .put("encoding_format", "float");
    var dimensions = embed.request().dimensions();
    if (dimensions == null) {
      return body;
    }
    if (compat.dimensionsField() == null) {
      throw Failure.badRequest(
          "This provider does not take `dimensions` of embeddings; leave it out.");
    }
    return body.put(compat.dimensionsField(), dimensions);
  }

  @Override
  public HttpCall encodeKeyCheck() {
    return new HttpCall(HttpMethod.GET, compat.keyCheckPath(), headers(), null);
  }

  @Override
  public void authorize(MultiMap headers, Secret key) {
    var scheme = compat.authScheme().isEmpty() ? "" : compat.authScheme() + " ";
    headers.set(compat.authHeader(), scheme + KeyText.of(key));
  }

  @Override
  public Set<WireFormat> relays() {
    var formats = EnumSet.of(WireFormat.OPENAI_CHAT, WireFormat.OPENAI_COMPLETIONS);
    if (compat.responses()) {
      formats.add(WireFormat.OPENAI_RESPONSES);
    }
    if (compat.embeddings()) {
      formats.add(WireFormat.OPENAI_EMBEDDINGS);
    }
    return formats;
  }

  @Override
  public HttpCall relay(RelayRequest request) {
    var call =
        switch (request.format()) {
          case OPENAI_RESPONSES -> RelayCall.of(request, "/responses", "max_output_tokens", false);
          case OPENAI_COMPLETIONS ->
              RelayCall.of(request, "/completions", "max_tokens", compat.streamUsage());
          case OPENAI_EMBEDDINGS -> RelayCall.of(request, "/embeddings", "", false);
          default ->
              RelayCall.of(
                  request,
                  "/chat/completions",
                  OpenAiBody.maxTokensField(compat, OpenAiModels.isReasoning(request.model())),
                  compat.streamUsage());
        };
    call.headers().addAll(compat.extraHeaders());
    return call;
  }

  @Override
  public boolean countsReasoningBeside() {
    return compat.reasoningBeside();
  }

  @Override
  public ProviderReply decode(
      ProviderRequest request, int status, MultiMap headers, Buffer body, Instant now) {
    var inBody = errorOf(status, body);
    if (inBody > 0) {
      return FailedReplies.of(inBody, headers, body, now);
    }
    return Decoding.reply(
        status,
        headers,
        body,
        now,
        answer -> {
          if (request instanceof ProviderRequest.Embed embed) {
            return OpenAiVectors.read(embed, status, answer);
          }
          var chat = (ProviderRequest.Chat) request;
          return isOfResponses(chat)
              ? ResponsesAnswer.read(chat, status, answer, now)
              : OpenAiAnswer.read(chat, compat, status, answer, now);
        });
  }

  /** Some aggregators answer 200 with an error and its status in the body; 0 if there is none. */
  private static int errorOf(int status, Buffer body) {
    if (status / 100 != 2) {
      return 0;
    }
    var answer = Fields.parse(body);
    var inChoice =
        answer.list("choices").stream()
            .findFirst()
            .map(choice -> choice.at("error").integer("code"));
    int code = answer.has("error") ? answer.at("error").integer("code") : inChoice.orElse(0);
    return code >= 400 && code < 600 ? code : 0;
  }

  @Override
  public StreamReader reader(ProviderRequest.Chat request, Instant now) {
    return isOfResponses(request)
        ? new ResponsesStream(request, now)
        : new OpenAiStream(request, compat, now);
  }

  @Override
  public KeyVerdict decodeKeyCheck(int status, MultiMap headers, Buffer body, Instant now) {
    return OpenAiKeyCheck.verdict(compat.keyCheckMember(), status, headers, body, now);
  }
}
