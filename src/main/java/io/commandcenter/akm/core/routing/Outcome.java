package io.commandcenter.akm.core.routing;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a query comes to. */
public sealed interface Outcome {

  /** A query that was understood, whether or not anyone may take it. */
  sealed interface Decided extends Outcome {
    Verdict verdict();
  }

  /** At least one candidate, the one to try first in front. */
  record Chosen(Verdict verdict) implements Decided {}

  /**
   * @param soonest until a candidate opens by itself; empty if none will
   */
  record Refused(Verdict verdict, Optional<Duration> soonest) implements Decided {}

  /**
   * @param known names that would do, for a model the near ones
   */
  record Unknown(Name name, List<String> known) implements Outcome {
    public Unknown {
      known = List.copyOf(known);
    }
  }

  /**
   * A name that the asking token may not use.
   *
   * @param allowed the names that it may use
   */
  record Forbidden(Name name, List<String> allowed) implements Outcome {
    public Forbidden {
      allowed = List.copyOf(allowed);
    }
  }

  /** Which name of a query nobody knows, or the token may not use. */
  enum Name {
    PROVIDER,
    TASK,
    MODEL
  }

  /**
   * Every configured provider stands in candidates or in excluded.
   *
   * @param task null if none applied
   * @param candidates in the order of trying
   */
  record Verdict(
      String task, StrategyName strategy, List<Candidate> candidates, List<Excluded> excluded) {
    public Verdict {
      candidates = List.copyOf(candidates);
      excluded = List.copyOf(excluded);
    }

    /** One sentence for a person. */
    public String explanation() {
      return Explanation.of(task, candidates, excluded);
    }
  }
}
