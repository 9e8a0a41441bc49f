package io.commandcenter.akm.provider;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.exchange.WireFormat;
import io.commandcenter.akm.provider.Upstream.KeyVerdict;
import io.commandcenter.akm.provider.relay.RelayRequest;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import java.util.Set;

/**
 * One provider's wire format, without I/O: requests to HTTP, HTTP to answers or classed errors. One
 * file per protocol.
 */
public interface Protocol {
  /** anthropic, openai, google, ollama, bedrock, or a compatible server's own name. */
  String name();

  /** The protocol whose format it speaks: openai for every compatible server. */
  default String family() {
    return name();
  }

  /** Base URL if the configuration names none; null if it must name one. */
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

  /**
   * @throws Failure if this protocol cannot carry the request
   */
  HttpCall encode(ProviderRequest request);

  /** The free call that shows whether a key is taken. */
  HttpCall encodeKeyCheck();

  /**
   * Adds the credential; never to the path or the query.
   *
   * @throws Failure UNAVAILABLE if the key was wiped meanwhile, BAD_REQUEST if no header can hold
   *     it
   */
  void authorize(MultiMap headers, Secret key);

  /**
   * A 2xx to an answer, any other status to a classed error; garbage is BAD_ANSWER, never an
   * exception.
   *
   * @param now turns the provider's dates into waits and park times
   */
  ProviderReply decode(
      ProviderRequest request, int status, MultiMap headers, Buffer body, Instant now);

  /**
   * Of one streamed answer to this request.
   *
   * @param now turns the provider's dates into waits and park times
   */
  StreamReader reader(ProviderRequest.Chat request, Instant now);

  /** The formats whose requests and answers pass as they are. */
  default Set<WireFormat> relays() {
    return Set.of();
  }

  /**
   * The call of a request in one of {@link #relays()}.
   *
   * @throws Failure if the model's name cannot stand in a path
   */
  default HttpCall relay(RelayRequest request) {
    throw new UnsupportedOperationException(name() + " relays nothing");
  }

  /** Whether relayed answers count reasoning beside the completion's tokens. */
  default boolean countsReasoningBeside() {
    return false;
  }

  /** What the answer to {@link #encodeKeyCheck} says about the key; never an exception. */
  KeyVerdict decodeKeyCheck(int status, MultiMap headers, Buffer body, Instant now);
}
