package io.commandcenter.akm.http.oauth;

import io.commandcenter.akm.config.OAuthConfig;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The issuer's public keys as they were last read. A token of an unknown key lets them be read
 * again, at most once a minute; while the issuer does not answer, the known ones stay.
 */
final class IssuerKeys {
  private static final Logger log = LoggerFactory.getLogger(IssuerKeys.class);
  private static final long FRESH = Duration.ofMinutes(10).toNanos();
  private static final long PAUSE = Duration.ofMinutes(1).toNanos();
  private static final long FIRST_PAUSE = Duration.ofSeconds(5).toNanos();
  private static final int MAX_KEYS = 100;

  private final Vertx vertx;
  private final Documents documents;
  private final Discovery discovery;
  private final LongSupplier nanoTime;
  private final Map<String, Optional<SigningKey>> usable = new HashMap<>();
  private List<JsonObject> keys = List.of();
  private boolean known;
  private long readAt;
  private Long triedAt;
  private Future<Void> reading;

  IssuerKeys(Vertx vertx, OAuthConfig config, LongSupplier nanoTime) {
    this.vertx = vertx;
    documents = new Documents(vertx);
    discovery = new Discovery(documents, config);
    this.nanoTime = nanoTime;
  }

  /** The key for a token; empty if the issuer has none; fails with UNAVAILABLE if nobody knows. */
  Future<Optional<SigningKey>> of(Jwt token) {
    var found = find(token);
    if (found.isPresent()) {
      if (nanoTime.getAsLong() - readAt >= FRESH && mayRead()) {
        read();
      }
      return Future.succeededFuture(found);
    }
    if (reading == null && !mayRead()) {
      return known ? Future.succeededFuture(found) : Future.failedFuture(unavailable());
    }
    return read()
        .transform(
            done ->
                known ? Future.succeededFuture(find(token)) : Future.failedFuture(unavailable()));
  }

  private Optional<SigningKey> find(Jwt token) {
    var fitting =
        keys.stream()
            .filter(key -> token.keyId() == null || token.keyId().equals(key.getValue("kid")))
            .filter(key -> SigningKey.fits(key, token.algorithm()))
            .toList();
    // A token that names no key is only checked where there is no choice.
    if (fitting.isEmpty() || (token.keyId() == null && fitting.size() > 1)) {
      return Optional.empty();
    }
    var key = fitting.get(0);
    return usable.computeIfAbsent(
        token.algorithm() + " " + key.getValue("kid"),
        name -> SigningKey.of(vertx, key, token.algorithm()));
  }

  private boolean mayRead() {
    return triedAt == null || nanoTime.getAsLong() - triedAt >= (known ? PAUSE : FIRST_PAUSE);
  }

  private Future<Void> read() {
    if (reading != null) {
      return reading;
    }
    triedAt = nanoTime.getAsLong();
    Future<Void> asked =
        discovery
            .jwksUri()
            .compose(documents::get)
            .compose(this::take)
            .onFailure(
                cause -> log.warn("the keys of the OAuth issuer cannot be read: {}", why(cause)))
            .onComplete(done -> reading = null);
    reading = asked.isComplete() ? null : asked;
    return asked;
  }

  private Future<Void> take(JsonObject set) {
    if (!(set.getValue("keys") instanceof JsonArray array)) {
      return Future.failedFuture(new IllegalStateException("the document has no keys"));
    }
    keys =
        array.stream()
            .filter(JsonObject.class::isInstance)
            .map(JsonObject.class::cast)
            .limit(MAX_KEYS)
            .toList();
    usable.clear();
    known = true;
    readAt = nanoTime.getAsLong();
    return Future.succeededFuture();
  }

  /** Never what the issuer wrote. */
  private static String why(Throwable cause) {
    if (cause instanceof DecodeException || cause instanceof ClassCastException) {
      return "what it sent is no JSON object";
    }
    return cause instanceof IllegalStateException ours ? ours.getMessage() : "no answer in time";
  }

  private static Failure unavailable() {
    return new Failure(
            Code.UNAVAILABLE, "the OAuth issuer's keys cannot be read now; try again in a moment")
        .with(Failure.RETRY_AFTER_MS, 5_000);
  }
}
