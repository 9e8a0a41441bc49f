package io.commandcenter.akm.router;

import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.provider.Protocol;
import io.commandcenter.akm.provider.ProviderReply;
import io.commandcenter.akm.provider.ProviderRequest;
import io.commandcenter.akm.provider.StreamReader;
import io.commandcenter.akm.provider.Upstream.KeyVerdict;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;

/** A protocol that is never spoken: the upstream of these tests is scripted. */
record PlainProtocol(String name, boolean needsKey, Embeddings embeddings) implements Protocol {
  @Override
  public String defaultEndpoint() {
    return "http://localhost";
  }

  @Override
  public HttpCall encode(ProviderRequest request) {
    return new HttpCall(HttpMethod.POST, "/", MultiMap.caseInsensitiveMultiMap(), null);
  }

  @Override
  public HttpCall encodeKeyCheck() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void authorize(MultiMap headers, Secret key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ProviderReply decode(
      ProviderRequest request, int status, MultiMap headers, Buffer body, Instant now) {
    throw new UnsupportedOperationException();
  }

  @Override
  public StreamReader reader(ProviderRequest.Chat request, Instant now) {
    throw new UnsupportedOperationException();
  }

  @Override
  public KeyVerdict decodeKeyCheck(int status, MultiMap headers, Buffer body, Instant now) {
    throw new UnsupportedOperationException();
  }
}
