package io.commandcenter.akm.provider.relay;

import io.commandcenter.akm.exchange.BodyScan.Gap;
import io.commandcenter.akm.exchange.WireFormat;
import io.commandcenter.akm.provider.Protocol.HttpCall;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.Map;

/** The HTTP call of a request that passes. */
public final class RelayCall {
  private RelayCall() {}

  /**
   * @param path of the call, behind the endpoint's base
   * @param limitName of the output limit, if one has to be put in
   * @param asksUsage whether the provider is asked for the usage of a stream (OpenAI's usage chunk)
   */
  public static HttpCall of(
      RelayRequest request, String path, String limitName, boolean asksUsage) {
    var headers = MultiMap.caseInsensitiveMultiMap();
    if (!request.headers().isEmpty()) {
      headers.setAll(request.headers());
    }
    return new HttpCall(HttpMethod.POST, path, headers, body(request, limitName, asksUsage));
  }

  private static Buffer body(RelayRequest request, String limitName, boolean asksUsage) {
    var scan = request.scan();
    var splice = new Splice(request.body());
    if (scan.modelAt() != null && !request.model().equals(scan.model())) {
      splice.replace(scan.modelAt(), request.model());
    }
    if (request.maxOutputTokens() != null) {
      limit(request, splice, limitName);
    }
    if (asksUsage && request.streaming() && !scan.includeUsage()) {
      var usage = Map.of("include_usage", true);
      if (scan.streamOptionsAt() == null) {
        splice.insert(withNeighbours(scan.members()), "stream_options", usage);
      } else {
        splice.replace(scan.streamOptionsAt(), usage);
      }
    }
    return splice.done();
  }

  /** A body that names a model has a member already. */
  private static Gap withNeighbours(Gap members) {
    return new Gap(members.at(), false);
  }

  private static void limit(RelayRequest request, Splice splice, String name) {
    var scan = request.scan();
    int limit = request.maxOutputTokens();
    var settings = settingsOf(request.format());
    if (scan.maxOutputAt() != null) {
      if (scan.maxOutputTokens() == null) {
        boolean within = settings == null || scan.settings() != null;
        splice.replace(scan.maxOutputAt(), within ? limit : Map.of(name, limit));
      } else if (scan.maxOutputTokens() > limit) {
        splice.replace(scan.maxOutputAt(), limit);
      }
    } else if (settings == null) {
      splice.insert(scan.members(), name, limit);
    } else if (scan.settings() == null) {
      splice.insert(scan.members(), settings, Map.of(name, limit));
    } else {
      splice.insert(scan.settings(), name, limit);
    }
  }

  /** The object that holds the limit; null where the body itself does. */
  private static String settingsOf(WireFormat format) {
    return switch (format) {
      case GOOGLE_GENERATE -> "generationConfig";
      case OLLAMA_CHAT, OLLAMA_GENERATE -> "options";
      default -> null;
    };
  }
}
