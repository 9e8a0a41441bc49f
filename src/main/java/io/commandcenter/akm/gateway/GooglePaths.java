package io.commandcenter.akm.gateway;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.gateway.google.BatchEmbedContents;
import io.commandcenter.akm.gateway.google.CountTokens;
import io.commandcenter.akm.gateway.google.EmbedContent;
import io.commandcenter.akm.gateway.google.GenerateContent;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/** Google's calls, whose path holds model and method: {@code …/models/{model}:{method}}. */
final class GooglePaths {
  /** The model's own name may hold a slash, as provider/model, and a colon. */
  private static final Pattern CALL =
      Pattern.compile("/v1(?:beta)?/models/(.{1,256}):([A-Za-z]{1,40})");

  private static final Desk GENERATE = Desk.of(new GenerateContent()).at(target(false));

  private static final Map<String, Desk> METHODS =
      Map.of(
          "generateContent",
          GENERATE,
          "streamGenerateContent",
          GENERATE.at(target(true)),
          "embedContent",
          Desk.of(new EmbedContent()).at(target(false)),
          "batchEmbedContents",
          Desk.of(new BatchEmbedContents()).at(target(false)),
          "countTokens",
          Desk.of(new CountTokens()).at(target(false)));

  private GooglePaths() {}

  /** For errors of calls that are none. */
  static Desk any() {
    return GENERATE;
  }

  static Desk desk(RoutingContext rc) {
    var call = CALL.matcher(rc.normalizedPath());
    var desk = call.matches() ? METHODS.get(call.group(2)) : null;
    if (desk == null) {
      throw Failure.notFound(
          "no such method of a model; there are generateContent, streamGenerateContent,"
              + " embedContent, batchEmbedContents and countTokens");
    }
    return desk;
  }

  private static Desk.Addressing target(boolean streaming) {
    return (rc, scan) -> {
      var call = CALL.matcher(rc.normalizedPath());
      if (!call.matches()) {
        throw Failure.badRequest("the path must name a model and a method of it");
      }
      boolean events = "sse".equals(rc.request().getParam("alt"));
      return new Target(decoded(call.group(1)), streaming, streaming && !events);
    };
  }

  private static String decoded(String model) {
    try {
      return URLDecoder.decode(model.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Failure.badRequest("the model's name in the path is not percent-encoded right");
    }
  }
}
