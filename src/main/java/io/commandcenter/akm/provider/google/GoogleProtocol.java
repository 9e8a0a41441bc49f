package io.commandcenter.akm.provider.google;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.RouterCalls.Message;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.exchange.WireFormat;
import io.commandcenter.akm.provider.KeyVerdicts;
import io.commandcenter.akm.provider.Protocol;
import io.commandcenter.akm.provider.ProviderReply;
import io.commandcenter.akm.provider.ProviderRequest;
import io.commandcenter.akm.provider.Turns;
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
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Google's Gemini API with an AI Studio key, version v1beta. */
public final class GoogleProtocol implements Protocol {
  /** The model stands in the path: nothing that could end a segment or climb out of it. */
  private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  private static final int MOST_STOPS = 5;

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
        ? post(model + ":generateContent", chatBody(chat))
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

  private static JsonObject chatBody(ProviderRequest.Chat chat) {
    var turns = Turns.of(chat.messages());
    var settings = new JsonObject().put("maxOutputTokens", chat.maxOutputTokens());
    if (chat.temperature() != null) {
      settings.put("temperature", Math.min(2, Math.max(0, chat.temperature())));
    }
    if (!chat.stop().isEmpty()) {
      settings.put("stopSequences", chat.stop().stream().limit(MOST_STOPS).toList());
    }
    var body =
        new JsonObject()
            .put("contents", contents(turns.messages()))
            .put("generationConfig", settings);
    turns.system().ifPresent(system -> body.put("systemInstruction", parts(system)));
    return body;
  }

  /** Neighbours of one role become parts of one turn: Google wants the roles to alternate. */
  private static JsonArray contents(List<Message> messages) {
    var contents = new JsonArray();
    JsonObject last = null;
    for (var message : messages) {
      var role = message.role().equals("assistant") ? "model" : "user";
      if (last != null && role.equals(last.getString("role"))) {
        last.getJsonArray("parts").add(new JsonObject().put("text", message.content()));
      } else {
        last = parts(message.content()).put("role", role);
        contents.add(last);
      }
    }
    return contents;
  }

  private static JsonObject parts(String text) {
    return new JsonObject().put("parts", new JsonArray().add(new JsonObject().put("text", text)));
  }

  private static JsonObject embedBody(String model, ProviderRequest.Embed embed) {
    var requests = new JsonArray();
    embed
        .input()
        .forEach(
            text -> requests.add(new JsonObject().put("model", model).put("content", parts(text))));
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
  public Set<WireFormat> relays() {
    return Set.of(
        WireFormat.GOOGLE_GENERATE,
        WireFormat.GOOGLE_EMBED,
        WireFormat.GOOGLE_BATCH_EMBED,
        WireFormat.GOOGLE_COUNT_TOKENS);
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
    return RelayCall.of(
        request, "/v1beta/" + model(request.model()) + method, "maxOutputTokens", false);
  }

  @Override
  public ProviderReply decode(
      ProviderRequest request, int status, MultiMap headers, Buffer body, Instant now) {
    return Decoding.reply(
        status, headers, body, now, answer -> GoogleAnswer.read(request, status, answer));
  }

  @Override
  public KeyVerdict decodeKeyCheck(int status, MultiMap headers, Buffer body, Instant now) {
    return KeyVerdicts.ofModelList(status, headers, body, now, "models");
  }
}
