package io.commandcenter.akm.core.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.core.limits.RequestWindows.Limit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RequestWindowsTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private final RequestWindows windows = new RequestWindows();

  /** Seen failing with the first window's place taken although the second had none. */
  @Test
  void takesAPlaceEverywhereOrNowhere() {
    var parent = new Limit("parent", 2);
    var child = new Limit("child", 1);
    assertEquals(0, windows.take(List.of(parent, child), 0));
    assertTrue(windows.take(List.of(parent, child), 1) > 0);
    assertEquals(0, windows.take(List.of(parent), 2));
    assertTrue(windows.take(List.of(parent), 3) > 0);
  }

  @Test
  void saysHowLongUntilThereIsRoomEverywhere() {
    windows.take(List.of(new Limit("a", 1)), 0);
    windows.take(List.of(new Limit("b", 1)), 10 * SECOND);
    var both = List.of(new Limit("a", 1), new Limit("b", 1));
    assertEquals(50 * SECOND, windows.take(both, 20 * SECOND));
    assertEquals(0, windows.take(both, 70 * SECOND));
  }

  /** Seen failing with the windows in use swept away too. */
  @Test
  void forgetsOnlyWhoHasNotAskedForAMinute() {
    windows.take(List.of(new Limit("kept", 1)), 0);
    for (int i = 0; i < 5_000; i++) {
      windows.take(List.of(new Limit("other-" + i, 1)), i);
    }
    assertTrue(windows.take(List.of(new Limit("kept", 1)), SECOND) > 0);
    for (int i = 0; i < 50_000; i++) {
      windows.take(List.of(new Limit("later-" + i, 1)), 61 * SECOND + i * SECOND);
    }
    assertTrue(windows.size() < 2_048, () -> windows.size() + " are kept");
  }
}
