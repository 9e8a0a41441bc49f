package io.commandcenter.akm.core.limits;

import static io.commandcenter.akm.core.limits.Breaker.State.CLOSED;
import static io.commandcenter.akm.core.limits.Breaker.State.HALF_OPEN;
import static io.commandcenter.akm.core.limits.Breaker.State.OPEN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BreakerTest {
  private final Breaker breaker = new Breaker(3);

  @Test
  void staysClosedBelowItsFailures() {
    fail(2);
    assertEquals(CLOSED, breaker.state());
    assertEquals(2, breaker.failures());
  }

  @Test
  void opensAtItsFailures() {
    fail(3);
    assertEquals(OPEN, breaker.state());
  }

  @Test
  void startsToCountAnewAfterASuccess() {
    fail(2);
    breaker.succeeded();
    fail(2);
    assertEquals(CLOSED, breaker.state());
  }

  @Test
  void halfOpensAtASignOfLife() {
    fail(3);
    breaker.showedLife();
    assertEquals(HALF_OPEN, breaker.state());
  }

  @Test
  void staysClosedAtASignOfLife() {
    breaker.showedLife();
    assertEquals(CLOSED, breaker.state());
  }

  @Test
  void opensAgainAtOnceWhenTheTrialFails() {
    fail(3);
    breaker.showedLife();
    breaker.failed();
    assertEquals(OPEN, breaker.state());
  }

  @Test
  void closesWhenTheTrialSucceeds() {
    fail(3);
    breaker.showedLife();
    breaker.succeeded();
    assertEquals(CLOSED, breaker.state());
    assertEquals(0, breaker.failures());
  }

  @Test
  void refusesToOpenWithoutAFailure() {
    assertThrows(IllegalArgumentException.class, () -> new Breaker(0));
  }

  @Test
  void letsOneTrialRunAtATime() {
    var trial = new Trial();
    assertTrue(trial.tryStart());
    assertFalse(trial.tryStart());
    trial.end();
    assertFalse(trial.running());
    assertTrue(trial.tryStart());
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      breaker.failed();
    }
  }
}
