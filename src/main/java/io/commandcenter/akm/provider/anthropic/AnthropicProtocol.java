package io.commandcenter.akm.provider.anthropic;

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
import java.time.Instant;

/** Anthropic's Messages API, version 2023-06-01; it has no embeddings. */
public final class AnthropicProtocol implements Protocol {
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
    return new HttpCall(
        HttpMethod.POST, "/v1/messages", headers(), AnthropicBody.of(chat).toBuffer());
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
  public boolean relays(WireFormat format, String model) {
    return switch (format) {
      case ANTHROPIC_MESSAGES, ANTHROPIC_COUNT_TOKENS -> true;
      default -> false;
    };
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
        status, headers, body, now, answer -> AnthropicAnswer.read(request, status, answer, now));
  }

  @Override
  public StreamReader reader(ProviderRequest.Chat request, Instant now) {
    return new AnthropicStream(request, now);
  }

  @Override
  public KeyVerdict decodeKeyCheck(int status, MultiMap headers, Buffer body, Instant now) {
    return KeyVerdicts.ofModelList(status, headers, body, now, "data");
  }
}
