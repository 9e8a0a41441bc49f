package io.commandcenter.akm.provider.wire;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An error in any provider's shape: {@code {error: {type, code, status, message, details}}}, the
 * same in a one-element array, {@code {error: text}}, {@code {code, message}}, or no JSON at all.
 *
 * @param codes every machine-readable word of it
 * @param message in lower case, for the few errors that only their text tells apart; it goes
 *     nowhere else
 * @param details Google's typed details
 */
public record ErrorAnswer(int status, Set<String> codes, String message, List<Fields> details) {
  private static final int TEXT = 4000;

  /** With what the headers tell too: Amazon names the error only there. */
  public static ErrorAnswer of(int status, MultiMap headers, Buffer body) {
    var error = of(status, body);
    var type = headers.get("x-amzn-errortype");
    if (type == null) {
      return error;
    }
    var word = type.contains(":") ? type.substring(0, type.indexOf(':')) : type;
    var codes = Stream.concat(error.codes().stream(), Stream.of(word));
    return new ErrorAnswer(
        status, codes.collect(Collectors.toUnmodifiableSet()), error.message(), error.details());
  }

  public static ErrorAnswer of(int status, Buffer body) {
    var top = Fields.parse(body);
    var error = top.at("error").json().isEmpty() ? top : top.at("error");
    var details = error.list("details");
    var codes =
        Stream.concat(
                Stream.of(
                    error.text("type"),
                    error.text("code"),
                    error.text("status"),
                    error.at("details").text("error_code")),
                details.stream().map(detail -> detail.text("reason")))
            .filter(Objects::nonNull)
            .collect(Collectors.toUnmodifiableSet());
    return new ErrorAnswer(status, codes, lower(words(top, error)), details);
  }

  /** What the provider says in words, as it says it; empty for nothing. */
  static String words(Buffer body) {
    var top = Fields.parse(body);
    return words(top, top.at("error").json().isEmpty() ? top : top.at("error"));
  }

  private static String words(Fields top, Fields error) {
    return Stream.of(
            error.text("message"),
            error.text("error"),
            error.text("detail"),
            error.text("Message"),
            error.at("message").text("detail"),
            top.text("message"))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("");
  }

  private static String lower(String text) {
    return text.substring(0, Math.min(text.length(), TEXT)).toLowerCase(Locale.ROOT);
  }

  public boolean coded(String... any) {
    return Stream.of(any).anyMatch(codes::contains);
  }

  public boolean says(String... any) {
    return Stream.of(any).anyMatch(message::contains);
  }

  public boolean is(int... any) {
    for (int one : any) {
      if (one == status) {
        return true;
      }
    }
    return false;
  }

  /** Whether a violated quota's name holds the word, for example PerDay. */
  public boolean quota(String word) {
    return details.stream()
        .flatMap(detail -> detail.list("violations").stream())
        .map(violation -> violation.text("quotaId"))
        .anyMatch(id -> id != null && id.contains(word));
  }
}
