package io.commandcenter.akm.mcp.resources;

import io.commandcenter.akm.mcp.resources.Updates.Subscribers;
import io.commandcenter.akm.mcp.resources.Updates.Timer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Tells of a change at once, and of those that follow within a second when that second has passed:
 * never more often than that for one resource, and the last change is never lost.
 */
public final class Pace {
  /** How many resources are remembered; the eldest one gives way, told early if it waits. */
  static final int KEPT = 1000;

  private static final long SECOND = 1_000_000_000L;

  private static final class Told {
    final long at;
    boolean again;

    Told(long at) {
      this.at = at;
    }
  }

  private final Subscribers subscribers;
  private final LongSupplier nanoTime;
  private final Timer timer;

  /** In the order of telling, so that whatever is due stands first. */
  private final Map<String, Told> last = new LinkedHashMap<>();

  private boolean ticking;

  public Pace(Subscribers subscribers, LongSupplier nanoTime, Timer timer) {
    this.subscribers = subscribers;
    this.nanoTime = nanoTime;
    this.timer = timer;
  }

  /** May be called on any thread; the subscribers are told on it, or on the timer's. */
  void changed(String uri) {
    if (subscribers.want(uri)) {
      tell(note(uri));
    }
  }

  /** What is to be told now. */
  private synchronized List<String> note(String uri) {
    long now = nanoTime.getAsLong();
    var told = due(now);
    var before = last.get(uri);
    if (before == null) {
      told.addAll(room());
      remember(uri, now);
      told.add(uri);
    } else {
      before.again = true;
    }
    tick(now);
    return told;
  }

  /** Forgets what was told more than a second ago; what has changed since is due once more. */
  private List<String> due(long now) {
    var again = new ArrayList<String>();
    var entries = last.entrySet().iterator();
    while (entries.hasNext()) {
      var entry = entries.next();
      if (now - entry.getValue().at < SECOND) {
        break;
      }
      entries.remove();
      if (entry.getValue().again) {
        again.add(entry.getKey());
      }
    }
    again.forEach(uri -> remember(uri, now));
    return again;
  }

  private void remember(String uri, long now) {
    last.put(uri, new Told(now));
  }

  private List<String> room() {
    if (last.size() < KEPT) {
      return List.of();
    }
    var eldest = last.keySet().iterator().next();
    return last.remove(eldest).again ? List.of(eldest) : List.of();
  }

  /** One timer at a time, and none while nothing waits. */
  private synchronized void tick(long now) {
    var waiting = last.values().stream().filter(one -> one.again).findFirst();
    if (!ticking && waiting.isPresent()) {
      ticking = true;
      timer.after((waiting.get().at + SECOND - now) / 1_000_000 + 1, this::fire);
    }
  }

  private void fire() {
    List<String> due;
    synchronized (this) {
      ticking = false;
      long now = nanoTime.getAsLong();
      due = due(now);
      tick(now);
    }
    tell(due);
  }

  /** Outside of the lock, and only what is still wanted. */
  private void tell(List<String> uris) {
    uris.stream().filter(subscribers::want).forEach(subscribers::changed);
  }
}
