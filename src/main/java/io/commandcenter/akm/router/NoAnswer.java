package io.commandcenter.akm.router;

import io.commandcenter.akm.contract.Call;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.routing.ErrorClass;
import io.commandcenter.akm.provider.ProviderReply;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the caller is told when no candidate has answered. */
final class NoAnswer {
  private NoAnswer() {}

  /**
   * @param ended every attempt, in order
   * @param unfit why a candidate could not carry the request; null if none was asked that could not
   * @param opensIn the soonest that a candidate at its limit may be asked; null if none is
   */
  static Failure of(List<AttemptEnd> ended, Failure unfit, Duration opensIn) {
    var sent = ended.stream().filter(end -> end.result() instanceof AttemptEnd.Failed).toList();
    if (!sent.isEmpty()) {
      return limited(sent).orElseGet(() -> failed(sent));
    }
    if (ended.isEmpty() && unfit != null) {
      return unfit;
    }
    if (!ended.isEmpty()) {
      return notSent(((AttemptEnd.NotSent) ended.get(ended.size() - 1).result()).why());
    }
    return opensIn == null
        ? new Failure(Code.NO_CANDIDATE, "no candidate can take the request any more; try again")
        : new Failure(Code.RATE_LIMITED, "every candidate is at its limit; wait for retry_after_ms")
            .with(Failure.RETRY_AFTER_MS, Math.max(1, opensIn.toMillis()));
  }

  private static Failure failed(List<AttemptEnd> sent) {
    return new Failure(
        Code.PROVIDER_FAILED,
        "every attempt failed: "
            + sent.stream()
                .map(end -> end.candidate().provider() + " (" + end.result().outcome() + ")")
                .collect(Collectors.joining(", "))
            + "; try again later");
  }

  /** Callers wait at a limit of the provider's as at one of ours. */
  private static Optional<Failure> limited(List<AttemptEnd> sent) {
    var replies = sent.stream().map(end -> ((AttemptEnd.Failed) end.result()).reply()).toList();
    if (!replies.stream().allMatch(reply -> reply.errorClass() == ErrorClass.RATE_LIMIT)) {
      return Optional.empty();
    }
    var providers =
        sent.stream()
            .map(end -> end.candidate().provider())
            .distinct()
            .collect(Collectors.joining(", "));
    var failure =
        new Failure(Code.RATE_LIMITED, "the rate limit of " + providers + " is reached; wait");
    return Optional.of(
        replies.stream()
            .map(ProviderReply.Failed::retryAfter)
            .filter(Objects::nonNull)
            .min(Comparator.naturalOrder())
            .map(wait -> failure.with(Failure.RETRY_AFTER_MS, Math.max(1, wait.toMillis())))
            .orElse(failure));
  }

  /**
   * A key that is gone is no error of the caller's; a vault that cannot lend any is told as such.
   */
  private static Failure notSent(Failure why) {
    return Call.COMMON.contains(why.code()) || why.code() == Code.SEALED
        ? why
        : new Failure(Code.NO_CANDIDATE, "no key could be lent: " + why.detail());
  }
}
