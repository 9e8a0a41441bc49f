package io.commandcenter.akm.http.oauth;

import io.commandcenter.akm.config.OAuthConfig;
import io.commandcenter.akm.contract.Scope;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a token whose signature is right must say (RFC 9068, 4). */
final class Claims {
  /** How far two clocks may be apart. */
  private static final long LEEWAY_SECONDS = 30;

  private static final int MAX_SUBJECT = 1024;

  private Claims() {}

  /** What is wrong with them, as a sentence for whoever sent the token; empty if nothing is. */
  static Optional<String> fault(
      JsonObject claims, OAuthConfig config, String audience, Instant now) {
    if (!config.issuer().equals(claims.getValue("iss"))) {
      return Optional.of("the token is of another issuer");
    }
    if (!texts(claims.getValue("aud")).contains(audience)) {
      return Optional.of("the token is for another audience; ask for one for " + audience);
    }
    if (!(claims.getValue("exp") instanceof Number until)
        || until.longValue() + LEEWAY_SECONDS <= now.getEpochSecond()) {
      return Optional.of("the token has expired; get a new one");
    }
    var from = claims.getValue("nbf");
    if (from != null
        && !(from instanceof Number begin
            && begin.longValue() - LEEWAY_SECONDS <= now.getEpochSecond())) {
      return Optional.of("the token is not valid yet");
    }
    return claims.getValue(config.subjectClaim()) instanceof String subject
            && !subject.isBlank()
            && subject.length() <= MAX_SUBJECT
        ? Optional.empty()
        : Optional.of("the token has no usable claim " + config.subjectClaim());
  }

  /** The highest scope that the token's scopes stand for here; empty for none. */
  static Optional<Scope> scope(JsonObject claims, OAuthConfig config) {
    var granted =
        claims.getValue("scope") instanceof String list
            ? List.of(list.split(" "))
            : claims.getValue("scp") instanceof String list
                ? List.of(list.split(" "))
                : texts(claims.getValue("scp"));
    return granted.stream()
        .flatMap(name -> Stream.ofNullable(config.scopes().get(name)))
        .max(Comparator.naturalOrder());
  }

  private static List<String> texts(Object value) {
    if (value instanceof String text) {
      return List.of(text);
    }
    return value instanceof JsonArray array
        ? array.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }
}
