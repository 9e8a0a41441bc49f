package io.commandcenter.akm.core.routing;

import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** Which candidates are still worth an attempt after one has failed. */
public final class Remaining {
  private Remaining() {}

  public static List<Candidate> after(
      Candidate failed, ErrorClass error, List<Candidate> remaining) {
    return remaining.stream().filter(worthAnAttempt(failed, error)).toList();
  }

  private static Predicate<Candidate> worthAnAttempt(Candidate failed, ErrorClass error) {
    if (error == ErrorClass.CONTEXT_OVERFLOW) {
      return next -> largerWindow(next, failed);
    }
    if (!error.failsOver()) {
      return next -> false;
    }
    return switch (error.blame()) {
      case KEY -> next -> !sameKey(next, failed, error);
      case MODEL -> next -> !sameModel(next, failed);
      case PROVIDER, REQUEST -> next -> !sameProvider(next, failed);
    };
  }

  private static boolean largerWindow(Candidate next, Candidate failed) {
    return next.contextTokens() != null
        && (failed.contextTokens() == null || next.contextTokens() > failed.contextTokens())
        && !sameModel(next, failed);
  }

  private static boolean sameKey(Candidate next, Candidate failed, ErrorClass error) {
    return sameProvider(next, failed)
        && Objects.equals(next.keyId(), failed.keyId())
        && (error != ErrorClass.PERMISSION || sameModel(next, failed));
  }

  private static boolean sameModel(Candidate next, Candidate failed) {
    return sameProvider(next, failed) && next.model().equals(failed.model());
  }

  private static boolean sameProvider(Candidate next, Candidate failed) {
    return next.provider().equals(failed.provider());
  }
}
