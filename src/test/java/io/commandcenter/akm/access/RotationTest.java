package io.commandcenter.akm.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.AccessCalls;
import io.commandcenter.akm.contract.AccessCalls.MintedToken;
import io.commandcenter.akm.contract.AccessCalls.RevokeToken;
import io.commandcenter.akm.contract.AccessCalls.RotateToken;
import io.commandcenter.akm.contract.AccessCalls.RotatedToken;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Facts.TokenChanged;
import io.commandcenter.akm.contract.TokenLimits;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotationTest {
  @TempDir Path folder;
  private AccessRoom room;
  private MintedToken token;

  @BeforeEach
  void open() {
    room = new AccessRoom(folder).start();
    token = room.mint("read-only", TokenLimits.NONE);
  }

  @AfterEach
  void close() {
    room.close();
  }

  /** By itself. */
  private RotatedToken rotate(String secret, Long overlapSeconds) {
    return room.ask(
        AccessCalls.ROTATE, new RotateToken(token.tokenId(), overlapSeconds, room.verify(secret)));
  }

  /** Seen failing with the end of the overlap not looked at. */
  @Test
  void bothSecretsWorkUntilTheOverlapEnds() {
    var rotated = rotate(token.token(), null);
    assertEquals(token.tokenId(), rotated.tokenId());
    assertNotEquals(token.token(), rotated.token());
    assertEquals(room.clock.instant().plusSeconds(3600), rotated.oldEndsAt());
    room.clock.move(Duration.ofSeconds(3599));
    assertEquals(token.tokenId(), room.verify(token.token()).id());
    assertEquals(token.tokenId(), room.verify(rotated.token()).id());
    room.clock.move(Duration.ofSeconds(1));
    assertTrue(room.unknown(token.token()).detail().contains("rotated"));
    assertEquals(token.tokenId(), room.verify(rotated.token()).id());
  }

  /** Seen failing with the earlier secrets' ends left as they were. */
  @Test
  void withoutOverlapEveryEarlierSecretEndsAtOnce() {
    var second = rotate(token.token(), 7L * 24 * 3600);
    var third = rotate(second.token(), 0L);
    room.unknown(token.token());
    room.unknown(second.token());
    assertEquals(token.tokenId(), room.verify(third.token()).id());
  }

  @Test
  void aRotationIsAuditedAndTold() {
    rotate(token.token(), 60L);
    var row = room.audit("token.rotate").get(0);
    assertEquals(token.tokenId(), row.subject());
    assertEquals(token.tokenId(), row.principal());
    assertTrue(room.facts.contains(new TokenChanged(token.tokenId(), "rotated")));
  }

  @Test
  void childrenStayAndAParentMayRotateThem() {
    var parent = room.mint("client", TokenLimits.NONE);
    var child = room.lease(parent.token());
    var by = room.verify(parent.token());
    var fresh = room.ask(AccessCalls.ROTATE, new RotateToken(child.tokenId(), 0L, by));
    room.unknown(child.token());
    room.ask(AccessCalls.ROTATE, new RotateToken(parent.tokenId(), 0L, by));
    assertEquals(child.tokenId(), room.verify(fresh.token()).id());
  }

  @Test
  void revokingEndsEverySecret() {
    var fresh = rotate(token.token(), 600L);
    room.ask(AccessCalls.REVOKE, new RevokeToken(token.tokenId(), "x"));
    room.unknown(token.token());
    room.unknown(fresh.token());
    room.refused(
        Code.CONFLICT, AccessCalls.ROTATE, new RotateToken(token.tokenId(), 0L, AccessRoom.ADMIN));
  }
}
