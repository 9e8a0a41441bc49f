package io.commandcenter.akm.core.routing;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a failed attempt means for the key, the provider and the request. */
public enum ErrorClass {
  KEY_INVALID(true, Blame.KEY),
  NO_CREDIT(true, Blame.KEY),
  SPEND_LIMIT(true, Blame.KEY),
  DAILY_QUOTA(true, Blame.KEY),
  RATE_LIMIT(true, Blame.KEY),
  OVERLOADED(true, Blame.PROVIDER),
  TRANSIENT(true, Blame.PROVIDER),
  PERMISSION(true, Blame.KEY),
  MODEL_GONE(true, Blame.MODEL),
  CONTEXT_OVERFLOW(true, Blame.REQUEST),
  BAD_REQUEST(false, Blame.REQUEST),
  CONTENT(false, Blame.REQUEST),
  /** A 2xx whose body cannot be read as an answer. */
  BAD_ANSWER(true, Blame.PROVIDER),
  /** No answer in time: connect, first byte or the request's deadline. */
  TIMEOUT(true, Blame.PROVIDER);

  /** Whose fault it is, and so what is passed over next. */
  public enum Blame {
    KEY,
    MODEL,
    PROVIDER,
    REQUEST
  }

  private final boolean failsOver;
  private final Blame blame;

  ErrorClass(boolean failsOver, Blame blame) {
    this.failsOver = failsOver;
    this.blame = blame;
  }

  /** Whether the next candidate may be tried. */
  public boolean failsOver() {
    return failsOver;
  }

  public Blame blame() {
    return blame;
  }

  /** {@code rate-limit}, {@code key-invalid} … as on the wire. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Empty for {@code ok} and {@code cancelled}, which are no errors. */
  public static Optional<ErrorClass> ofSlug(String slug) {
    return Arrays.stream(values()).filter(error -> error.slug().equals(slug)).findFirst();
  }
}
