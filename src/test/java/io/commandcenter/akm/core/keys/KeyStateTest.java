package io.commandcenter.akm.core.keys;

import static io.commandcenter.akm.core.keys.KeyState.ACTIVE;
import static io.commandcenter.akm.core.keys.KeyState.COOLING;
import static io.commandcenter.akm.core.keys.KeyState.DISABLED;
import static io.commandcenter.akm.core.keys.KeyState.DRAINING;
import static io.commandcenter.akm.core.keys.KeyState.EXPIRED;
import static io.commandcenter.akm.core.keys.KeyState.REVOKED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
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
          ACTIVE, Set.of(DRAINING, COOLING, DISABLED, EXPIRED, REVOKED),
          DRAINING, Set.of(REVOKED),
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

  @Test
  void drainsTheOldVersionForTheGracePeriod() {
    var rotation = Rotation.of(ACTIVE, ACTIVE, 4, NOW, Duration.ofMinutes(5));

    assertEquals(new Rotation(ACTIVE, 5, NOW.plusSeconds(300)), rotation);
  }

  @Test
  void bringsAnExpiredKeyBack() {
    assertEquals(ACTIVE, Rotation.of(EXPIRED, ACTIVE, 1, NOW, Duration.ZERO).keyState());
  }

  @Test
  void curesARefusedVersionAndGivesItNoGrace() {
    var rotation = Rotation.of(DISABLED, DISABLED, 1, NOW, Duration.ofMinutes(5));

    assertEquals(new Rotation(ACTIVE, 2, NOW), rotation);
  }

  @Test
  void leavesAKeyOffThatAPersonSwitchedOff() {
    assertEquals(DISABLED, Rotation.of(DISABLED, ACTIVE, 1, NOW, Duration.ZERO).keyState());
  }
}
