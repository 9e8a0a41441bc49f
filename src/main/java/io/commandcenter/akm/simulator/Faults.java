package io.commandcenter.akm.simulator;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/** Which fault the next call meets: the queued ones first, then the lasting one. */
final class Faults {
  /** Statuses of a request, not of the whole provider. */
  private static final Set<Integer> OF_REQUESTS = Set.of(402, 404, 429);

  private final Queue<Fault> queued = new ArrayDeque<>();
  private Fault lasting;

  synchronized void start(Fault fault) {
    lasting = fault;
  }

  synchronized void queue(int times, Fault fault) {
    for (int i = 0; i < times; i++) {
      queued.add(fault);
    }
  }

  synchronized void clear() {
    queued.clear();
    lasting = null;
  }

  synchronized Optional<Fault> ofRequest() {
    return Optional.ofNullable(queued.isEmpty() ? lasting : queued.remove());
  }

  synchronized Optional<Fault> ofFreeCall() {
    return Optional.ofNullable(lasting)
        .filter(
            fault ->
                !(fault instanceof Fault.Status status) || !OF_REQUESTS.contains(status.status()));
  }
}
