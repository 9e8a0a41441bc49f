package io.commandcenter.akm.simulator;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** One provider's wire format, from the provider's side. One file each. */
interface Dialect {
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
  Ask read(String path, MultiMap headers, JsonObject body);

  Reply answer(Ask ask, Answer answer);

  Reply malformed(String why);

  Reply wrongKey();

  Reply modelGone(String model);

  /** The provider's own error of this status. */
  Reply error(int status);

  /** A request the provider would answer with 400. */
  final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1;

    Malformed(String why) {
      super(why, null, false, false);
    }
  }
}
