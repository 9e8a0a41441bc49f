package io.commandcenter.akm.gateway.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class CallIdsTest {
  private final CallIds ids = new CallIds();

  @Test
  void inventsIdsAndAnswersTheOldestCallOfATool() {
    var first = ids.called(null, "weather");
    var other = ids.called("", "time");
    var second = ids.called(null, "weather");
    assertEquals(first, ids.answered(null, "weather"));
    assertEquals(second, ids.answered(null, "weather"));
    assertEquals(other, ids.answered(null, null));
    assertNull(ids.answered(null, "weather"));
  }

  /** Seen failing without the look at what is taken. */
  @Test
  void neverInventsAnIdThatIsTaken() {
    ids.called("call_0", "weather");
    assertEquals("call_1", ids.called(null, "weather"));
  }

  @Test
  void keepsTheIdsOfADialectThatHasThem() {
    ids.called("a", "weather");
    ids.called("b", "weather");
    assertEquals("b", ids.answered("b", "weather"));
    assertEquals("a", ids.answered(null, "weather"));
    assertNull(ids.answered("unknown", "weather"));
  }
}
