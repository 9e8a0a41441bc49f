package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.KeyCalls.KeyChecks;
import io.commandcenter.akm.contract.KeyCalls.ValidateAll;
import io.commandcenter.akm.contract.VaultCalls.ChangeKey;
import io.commandcenter.akm.contract.VaultCalls.KeyCheck;
import io.commandcenter.akm.core.keys.KeyState;
import io.commandcenter.akm.store.KeyRow;
import io.commandcenter.akm.store.KeyStore;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Validates many keys, a few at a time and not for ever; one that fails stops no other. */
final class ValidationRound {
  static final int AT_A_TIME = 4;
  static final Duration LONGEST = Duration.ofSeconds(60);

  private final KeyStore keys;
  private final EnvironmentKeys environment;
  private final Providers providers;
  private final Validation validation;
  private final Clock clock;

  ValidationRound(VaultTools tools, Validation validation) {
    keys = tools.keys();
    environment = tools.environmentKeys();
    providers = tools.providers();
    clock = tools.clock();
    this.validation = validation;
  }

  Future<KeyChecks> run(ValidateAll ask) {
    Plain.noKeyIn(ask.by());
    if (ask.provider() != null) {
      providers.endpoint(ask.provider());
    }
    return keys.list()
        .map(
            stored ->
                Stream.concat(environment.list().stream(), stored.stream())
                    .filter(key -> key.state() != KeyState.REVOKED)
                    .filter(key -> ask.provider() == null || key.provider().equals(ask.provider()))
                    .sorted(Comparator.comparing(KeyRow::createdAt))
                    .toList())
        .compose(asked -> run(asked, ask.by()));
  }

  private Future<KeyChecks> run(List<KeyRow> asked, String by) {
    var round = new Round(new ArrayDeque<>(asked), clock.instant().plus(LONGEST), by);
    var lanes = new ArrayList<Future<Void>>();
    for (int i = 0; i < AT_A_TIME; i++) {
      lanes.add(next(round));
    }
    return Future.join(lanes)
        .map(done -> new KeyChecks(asked.stream().map(key -> round.checks.get(key.id())).toList()));
  }

  /** What the lanes share; they all run on the vault's one context. */
  private record Round(
      Deque<KeyRow> waiting, Instant end, String by, Map<String, KeyCheck> checks) {
    Round(Deque<KeyRow> waiting, Instant end, String by) {
      this(waiting, end, by, new HashMap<>());
    }
  }

  private Future<Void> next(Round round) {
    var key = round.waiting.poll();
    if (key == null) {
      return Future.succeededFuture();
    }
    return check(key, round)
        .compose(
            check -> {
              round.checks.put(key.id(), check);
              return next(round);
            });
  }

  private Future<KeyCheck> check(KeyRow key, Round round) {
    if (!clock.instant().isBefore(round.end)) {
      return Future.succeededFuture(
          unchecked(key, "The time for this round was over; ask for this key alone."));
    }
    return Future.succeededFuture(new ChangeKey(key.id(), round.by))
        .compose(validation::validate)
        .recover(cause -> Future.succeededFuture(unchecked(key, words(cause))));
  }

  /** A failure has words for the caller; anything else is for the log of the server. */
  private static String words(Throwable cause) {
    return cause instanceof Failure failure
        ? "It could not be asked: " + failure.detail() + "."
        : "It could not be asked; ask for this key alone.";
  }

  private KeyCheck unchecked(KeyRow key, String detail) {
    return new KeyCheck(
        key.id(), key.provider(), key.label(), "unchecked", detail, null, 0, clock.instant());
  }
}
