package io.commandcenter.akm.mcp.tools;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.VaultCalls.KeyCheck;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/** Checks keys, a few at a time, until all are done or the client gives up. */
final class ValidationRound {
  /** So that a provider with many keys does not take a round for an attack. */
  private static final int AT_ONCE = 4;

  private final Asking bus;
  private final ToolCall call;
  private final List<KeyInfo> keys;
  private final AtomicReferenceArray<KeyCheck> checks;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private volatile boolean cancelled;

  ValidationRound(Asking bus, ToolCall call, List<KeyInfo> keys) {
    this.bus = bus;
    this.call = call;
    this.keys = List.copyOf(keys);
    checks = new AtomicReferenceArray<>(keys.size());
  }

  /** One check for each key that was asked, in the order of the keys. */
  Future<List<KeyCheck>> run() {
    call.progress().onCancel(() -> cancelled = true);
    var lanes = IntStream.range(0, Math.min(AT_ONCE, keys.size())).mapToObj(i -> lane()).toList();
    return Future.all(lanes)
        .map(
            all ->
                IntStream.range(0, keys.size())
                    .mapToObj(checks::get)
                    .filter(Objects::nonNull)
                    .toList());
  }

  private Future<Void> lane() {
    int index = cancelled ? keys.size() : next.getAndIncrement();
    if (index >= keys.size()) {
      return Future.succeededFuture();
    }
    var key = keys.get(index);
    return KeyChecks.ask(bus, key.keyId(), call)
        .otherwise(cause -> unchecked(key, cause))
        .compose(
            check -> {
              checks.set(index, check);
              report(key, check);
              return lane();
            });
  }

  /** One key that cannot be asked, because it was just removed, does not end the round. */
  private static KeyCheck unchecked(KeyInfo key, Throwable cause) {
    var detail = cause instanceof Failure failure ? failure.detail() : "it could not be asked";
    return new KeyCheck(
        key.keyId(), key.provider(), key.label(), "unchecked", detail, null, 0, null);
  }

  private void report(KeyInfo key, KeyCheck check) {
    call.progress()
        .report(
            done.incrementAndGet(),
            (double) keys.size(),
            KeyViews.name(key) + ": " + check.outcome());
  }
}
