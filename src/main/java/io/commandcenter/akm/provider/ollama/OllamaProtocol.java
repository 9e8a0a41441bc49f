package io.commandcenter.akm.provider.ollama;

import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.exchange.WireFormat;
import io.commandcenter.akm.provider.FailedReplies;
import io.commandcenter.akm.provider.KeyVerdicts;
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
    if (request instanceof ProviderRequest.Chat chat) {
      return post("/api/chat", OllamaBody.of(chat));
    }
    var embed = (ProviderRequest.Embed) request;
    var body =
        new JsonObject()
            .put("model", embed.model())
            .put("truncate", false)
            .put("input", embed.input());
    if (embed.request().dimensions() != null) {
      body.put("dimensions", embed.request().dimensions());
    }
    return post("/api/embed", body);
  }

  private static HttpCall post(String path, JsonObject body) {
    return new HttpCall(HttpMethod.POST, path, MultiMap.caseInsensitiveMultiMap(), body.toBuffer());
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
  public boolean relays(WireFormat format, String model) {
    return switch (format) {
      case OLLAMA_CHAT, OLLAMA_GENERATE, OLLAMA_EMBED -> true;
      default -> false;
    };
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
    return Decoding.reply(
        status, headers, body, now, answer -> OllamaAnswer.read(request, status, answer, now));
  }

  @Override
  public StreamReader reader(ProviderRequest.Chat request, Instant now) {
    return new OllamaStream(request, now);
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
