package io.commandcenter.akm.mcp.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class EventLogTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final AtomicLong clock = new AtomicLong();

  private EventLog log(int maxEvents, int maxBytes) {
    return new EventLog("s", maxEvents, maxBytes, clock::get);
  }

  private static List<Long> kept(EventLog log) {
    return StreamSupport.stream(log.spliterator(), false).map(EventLog.Event::number).toList();
  }

  @Test
  void keepsTheLatestInCountAndBytes() {
    var few = log(2, 1 << 20);
    var small = log(100, 100);
    for (int i = 0; i < 5; i++) {
      few.message("{}");
      small.message("x".repeat(60));
    }
    assertEquals(List.of(4L, 5L), kept(few));
    assertEquals(List.of(5L), kept(small));
  }

  /** A stream that lives on would grow to its bound otherwise. */
  @Test
  void forgetsWhatWasHandedOverLongAgo() {
    var log = log(100, 1 << 20);
    log.message("{}");
    clock.addAndGet(MINUTE.toNanos());
    log.message("{}");
    log.message("{}");
    clock.addAndGet(MINUTE.toNanos() / 2);
    log.forget(MINUTE, 2);
    assertEquals(List.of(2L, 3L), kept(log));
    clock.addAndGet(MINUTE.toNanos());
    log.forget(MINUTE, 2);
    assertEquals(List.of(3L), kept(log));
    assertEquals(3, log.last());
  }
}
