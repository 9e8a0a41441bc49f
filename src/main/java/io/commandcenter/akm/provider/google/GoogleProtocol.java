package io.commandcenter.akm.provider.google;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.exchange.WireFormat;
import io.commandcenter.akm.provider.KeyVerdicts;
import io.commandcenter.akm.provider.Protocol;
import io.commandcenter.akm.provider.ProviderReply;
import io.commandcenter.akm.provider.ProviderRequest;
import io.commandcenter.akm.provider.StreamReader;
import io.commandcenter.akm.provider.Upstream.KeyVerdict;
import io.commandcenter.akm.provider.relay.RelayCall;
import io.commandcenter.akm.provider.relay.RelayRequest;
import io.commandcenter.akm.provider.wire.Decoding;
import io.commandcenter.akm.provider.wire.KeyText;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.regex.Pattern;

/** Google's Gemini API with an AI Studio key, version v1beta. */
public final class GoogleProtocol implements Protocol {
  /** The model stands in the path: nothing that could end a segment or climb out of it. */
  private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  @Override
  public String name() {
    return "google";
  }

  @Override
  public String defaultEndpoint() {
    return "https://generativelanguage.googleapis.com";
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
    var model = model(request.model());
    return request instanceof ProviderRequest.Chat chat
        ? post(
            model + (chat.stream() ? ":streamGenerateContent?alt=sse" : ":generateContent"),
            GoogleBody.of(chat))
        : post(model + ":batchEmbedContents", embedBody(model, (ProviderRequest.Embed) request));
  }

  private static String model(String name) {
    var bare = name.startsWith("models/") ? name.substring("models/".length()) : name;
    if (!MODEL.matcher(bare).matches()) {
      throw Failure.badRequest(
          "A Google model's name has only letters, digits, dots, hyphens and underscores.");
    }
    return "models/" + bare;
  }

  private static HttpCall post(String path, JsonObject body) {
    return new HttpCall(
        HttpMethod.POST, "/v1beta/" + path, MultiMap.caseInsensitiveMultiMap(), body.toBuffer());
  }

  private static JsonObject embedBody(String model, ProviderRequest.Embed embed) {
    var requests = new JsonArray();
    embed
        .input()
        .forEach(
            text -> {
              var one =
                  new JsonObject()
                      .put("model", model)
                      .put("content", new JsonObject().put("parts", GoogleBody.text(text)));
              if (embed.request().dimensions() != null) {
                one.put("outputDimensionality", embed.request().dimensions());
              }
              requests.add(one);
            });
    return new JsonObject().put("requests", requests);
  }

  @Override
  public HttpCall encodeKeyCheck() {
    return new HttpCall(
        HttpMethod.GET, "/v1beta/models?pageSize=1", MultiMap.caseInsensitiveMultiMap(), null);
  }

  /** Only ever the header: a {@code ?key=} would stand in every log on the way. */
  @Override
  public void authorize(MultiMap headers, Secret key) {
    headers.set("x-goog-api-key", KeyText.of(key));
  }

  @Override
  public boolean relays(WireFormat format, String model) {
    return switch (format) {
      case GOOGLE_GENERATE, GOOGLE_EMBED, GOOGLE_BATCH_EMBED, GOOGLE_COUNT_TOKENS -> true;
      default -> false;
    };
  }

  @Override
  public HttpCall relay(RelayRequest request) {
    var method =
        switch (request.format()) {
          case GOOGLE_EMBED -> ":embedContent";
          case GOOGLE_BATCH_EMBED -> ":batchEmbedContents";
          case GOOGLE_COUNT_TOKENS -> ":countTokens";
          default -> request.streaming() ? ":streamGenerateContent?alt=sse" : ":generateContent";
        };
    var path = "/v1beta/" + model(request.model()) + method;
    var call = RelayCall.of(request, path, "maxOutputTokens", false);
    return request.format() == WireFormat.GOOGLE_GENERATE
        ? call
        : new HttpCall(
            call.method(),
            call.path(),
            call.headers(),
            NamedModels.in(request.body(), request.model()));
  }

  @Override
  public ProviderReply decode(
      ProviderRequest request, int status, MultiMap headers, Buffer body, Instant now) {
    return Decoding.reply(
        status, headers, body, now, answer -> GoogleAnswer.read(request, status, answer, now));
  }

  @Override
  public StreamReader reader(ProviderRequest.Chat request, Instant now) {
    return new GoogleStream(request, now);
  }

  @Override
  public KeyVerdict decodeKeyCheck(int status, MultiMap headers, Buffer body, Instant now) {
    return KeyVerdicts.ofModelList(status, headers, body, now, "models");
  }
}
