package io.commandcenter.akm.core.keys;

import static io.commandcenter.akm.core.keys.KeyState.ACTIVE;
import static io.commandcenter.akm.core.keys.KeyState.CANDIDATE;
import static io.commandcenter.akm.core.keys.KeyState.COOLING;
import static io.commandcenter.akm.core.keys.KeyState.DISABLED;
import static io.commandcenter.akm.core.keys.KeyState.DRAINING;
import static io.commandcenter.akm.core.keys.KeyState.EXPIRED;
import static io.commandcenter.akm.core.keys.KeyState.REVOKED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyStateTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final Map<KeyState, Set<KeyState>> ALLOWED =
      Map.of(
          CANDIDATE, Set.of(ACTIVE, REVOKED),
          ACTIVE, Set.of(DRAINING, COOLING, DISABLED, EXPIRED, REVOKED),
          DRAINING, Set.of(ACTIVE, REVOKED),
          COOLING, Set.of(ACTIVE, DISABLED, EXPIRED, REVOKED),
          DISABLED, Set.of(ACTIVE, EXPIRED, REVOKED),
          EXPIRED, Set.of(ACTIVE, REVOKED),
          REVOKED, Set.of());

  @ParameterizedTest
  @EnumSource
  void goesOnlyWhereTheTableSays(KeyState state) {
    for (var next : KeyState.values()) {
      assertEquals(ALLOWED.get(state).contains(next), state.mayBecome(next), state + " to " + next);
    }
  }

  @ParameterizedTest
  @EnumSource
  void isStoredAndReadByItsSlug(KeyState state) {
    assertEquals(state, KeyState.ofSlug(state.slug()));
  }

  @Test
  void expiresAtTheVeryInstant() {
    assertEquals(EXPIRED, ACTIVE.at(NOW, NOW));
    assertEquals(ACTIVE, ACTIVE.at(NOW, NOW.plusMillis(1)));
    assertEquals(ACTIVE, ACTIVE.at(NOW, null));
  }

  @Test
  void staysRevokedAfterItsDate() {
    assertEquals(REVOKED, REVOKED.at(NOW, NOW.minusSeconds(1)));
    assertFalse(REVOKED.expires());
  }
}
