package io.commandcenter.akm.provider;

import io.commandcenter.akm.core.crypto.Secret;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;

/**
 * One provider's wire format, without I/O: requests to HTTP, HTTP to answers or classed errors. One
 * file per protocol.
 */
public interface Protocol {
  /** anthropic, openai, google or ollama. */
  String name();

  /** Base URL if the configuration names none. */
  String defaultEndpoint();

  /** Whether a request without a key makes sense. */
  boolean needsKey();

  /** Whether the protocol has embeddings, and whether a chat model may make them. */
  Embeddings embeddings();

  /** What a protocol can embed with. */
  enum Embeddings {
    NONE,
    EMBEDDING_MODELS,
    ANY_MODEL
  }

  /**
   * @param body null for none
   */
  record HttpCall(HttpMethod method, String path, MultiMap headers, Buffer body) {}

  HttpCall encode(ProviderRequest request);

  /** The free call that shows whether a key is taken. */
  HttpCall encodeKeyCheck();

  /** Adds the credential; never to the path or the query. */
  void authorize(MultiMap headers, Secret key);

  /**
   * A 2xx to an answer, any other status to a classed error; garbage is BAD_ANSWER, never an
   * exception.
   */
  ProviderReply decode(ProviderRequest request, int status, MultiMap headers, Buffer body);
}
