package io.commandcenter.akm.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Principal;
import io.commandcenter.akm.contract.Scope;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenCacheTest {
  private static final Principal ADMIN = new Principal("tok_1", "a", Scope.ADMIN);

  private final TokenCache cache = new TokenCache(() -> 0);

  @Test
  void dropsAnAnswerThatWasUnderWayWhenATokenChanged() {
    var key = TokenCache.keyOf("akm_a");
    var asOf = cache.generation();
    cache.drop();
    cache.put(key, ADMIN, asOf);
    assertTrue(cache.find(key).isEmpty());
  }

  @Test
  void keepsTheNewestTenThousand() {
    for (int i = 0; i <= 10_000; i++) {
      cache.put(TokenCache.keyOf("akm_" + i), ADMIN, 0);
    }
    assertTrue(cache.find(TokenCache.keyOf("akm_0")).isEmpty());
    assertEquals(Optional.of(ADMIN), cache.find(TokenCache.keyOf("akm_10000")));
  }

  @Test
  void countsFailuresOfTheNewestTenThousandAddresses() {
    var throttle = new FailureThrottle(1, () -> 0);
    throttle.failed("first");
    assertEquals(Duration.ofMinutes(1), throttle.failed("first"));
    for (int i = 0; i < 10_000; i++) {
      throttle.failed("10.0." + i);
    }
    assertEquals(Duration.ZERO, throttle.failed("first"));
  }
}
