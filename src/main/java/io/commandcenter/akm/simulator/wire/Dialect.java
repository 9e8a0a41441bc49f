package io.commandcenter.akm.simulator.wire;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Optional;

/** One provider's wire format, from the provider's side. */
public interface Dialect {
  String name();

  /** Stands between the host and the protocol's paths in routing.json; empty or with a slash. */
  String basePath();

  /** The presented key, or empty. */
  Optional<String> credential(MultiMap headers);

  boolean needsKey();

  /** The answer to a free call, or empty if this is none. */
  Optional<Reply> freeCall(HttpMethod method, String path);

  /**
   * @throws Malformed if this provider refuses such a request
   */
  Ask read(Incoming request);

  Reply answer(Ask ask, Answer answer);

  /**
   * @param pieces of the answer's text
   */
  Streamed stream(Ask.Chat ask, Answer answer, List<String> pieces);

  Reply malformed(String why);

  Reply wrongKey();

  Reply modelGone(String model);

  /** The provider's own error of this status. */
  Reply error(int status);

  /** A request the provider would answer with 400. */
  final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Malformed(String why) {
      super(why, null, false, false);
    }
  }
}
