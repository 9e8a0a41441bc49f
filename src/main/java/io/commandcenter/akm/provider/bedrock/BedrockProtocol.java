package io.commandcenter.akm.provider.bedrock;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.provider.KeyVerdicts;
import io.commandcenter.akm.provider.Protocol;
import io.commandcenter.akm.provider.ProviderReply;
import io.commandcenter.akm.provider.ProviderRequest;
import io.commandcenter.akm.provider.StreamReader;
import io.commandcenter.akm.provider.Upstream.KeyVerdict;
import io.commandcenter.akm.provider.wire.Decoding;
import io.commandcenter.akm.provider.wire.KeyText;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** Amazon Bedrock's Converse with an API key; the region stands in the endpoint. */
public final class BedrockProtocol implements Protocol {
  /** The model stands in the path: nothing that could end a segment or climb out of it. */
  private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.:_-]{0,255}");

  @Override
  public String name() {
    return "bedrock";
  }

  @Override
  public String defaultEndpoint() {
    return null;
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
      throw Failure.badRequest("Converse has no embeddings; use another provider for them.");
    }
    if (!MODEL.matcher(chat.model()).matches()) {
      throw Failure.badRequest(
          "A Bedrock model's id has only letters, digits, dots, colons, hyphens and underscores.");
    }
    return new HttpCall(
        HttpMethod.POST,
        "/model/"
            + chat.model().replace(":", "%3A")
            + (chat.stream() ? "/converse-stream" : "/converse"),
        MultiMap.caseInsensitiveMultiMap(),
        BedrockBody.of(chat).toBuffer());
  }

  /** The one list that this host has; its right is one that a key may lack. */
  @Override
  public HttpCall encodeKeyCheck() {
    return new HttpCall(
        HttpMethod.GET, "/async-invoke?maxResults=1", MultiMap.caseInsensitiveMultiMap(), null);
  }

  @Override
  public void authorize(MultiMap headers, Secret key) {
    headers.set("authorization", "Bearer " + KeyText.of(key));
  }

  @Override
  public ProviderReply decode(
      ProviderRequest request, int status, MultiMap headers, Buffer body, Instant now) {
    return Decoding.reply(
        status,
        headers,
        body,
        now,
        answer ->
            request instanceof ProviderRequest.Chat chat
                ? BedrockAnswer.read(chat, status, answer, now)
                : Optional.empty());
  }

  @Override
  public StreamReader reader(ProviderRequest.Chat request, Instant now) {
    return new BedrockStream(request, now);
  }

  @Override
  public KeyVerdict decodeKeyCheck(int status, MultiMap headers, Buffer body, Instant now) {
    return KeyVerdicts.ofModelList(status, headers, body, now, "asyncInvokeSummaries");
  }
}
