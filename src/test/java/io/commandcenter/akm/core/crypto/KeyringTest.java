package io.commandcenter.akm.core.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyringTest {
  private static final MasterKey MASTER = MasterKey.random(new SecureRandom());

  private final Keyring keyring = Keyring.create(new SecureRandom());
  private final byte[] row = keyring.wrap(MASTER, "vault_1", 1);

  @Test
  void comesBackWhole() {
    var back = Keyring.unwrap(row, MASTER, "vault_1", 1).orElseThrow();
    var place = AssociatedData.ofKeyVersion("vault_1", "key_1", 1, "origin");
    var secret = Secret.of("a secret");

    assertEquals(
        secret,
        back.cipher().open(keyring.cipher().seal(secret, place).blob(), place).orElseThrow());
    assertEquals(keyring.fingerprint(secret), back.fingerprint(secret));
    assertArrayEquals(keyring.tokenMac("akm"), back.tokenMac("akm"));
    assertArrayEquals(keyring.auditMac(new byte[] {1}), back.auditMac(new byte[] {1}));
  }

  @Test
  void opensWithNoOtherMasterKey() {
    var other = MasterKey.random(new SecureRandom());

    assertTrue(Keyring.unwrap(row, other, "vault_1", 1).isEmpty());
  }

  @Test
  void opensForNoOtherVaultAndNoOtherGeneration() {
    assertTrue(Keyring.unwrap(row, MASTER, "vault_2", 1).isEmpty());
    assertTrue(Keyring.unwrap(row, MASTER, "vault_1", 2).isEmpty());
  }

  @Test
  void refusesEveryFlippedBitAndEveryCut() {
    for (var bit = 0; bit < row.length * 8; bit++) {
      var changed = row.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertTrue(Keyring.unwrap(changed, MASTER, "vault_1", 1).isEmpty(), "bit " + bit);
    }
    for (var size = 0; size < row.length; size++) {
      assertTrue(Keyring.unwrap(Arrays.copyOf(row, size), MASTER, "vault_1", 1).isEmpty());
    }
  }

  @Test
  void givesEqualSecretsEqualFingerprintsInOneVaultOnly() {
    var secret = Secret.of("the same");

    assertEquals(keyring.fingerprint(secret), keyring.fingerprint(Secret.of("the same")));
    assertNotEquals(keyring.fingerprint(secret), keyring.fingerprint(Secret.of("another")));
    assertNotEquals(
        keyring.fingerprint(secret), Keyring.create(new SecureRandom()).fingerprint(secret));
    assertTrue(keyring.fingerprint(secret).matches("[0-9a-f]{16}"));
  }

  @Test
  void keepsItsThreeMacKeysApart() {
    var token = keyring.tokenMac("x");

    assertFalse(Arrays.equals(token, keyring.auditMac(new byte[] {'x'})));
  }

  @Test
  void splitsOnlyWhatWasJoined() {
    var joined = LengthPrefixed.join(new byte[] {1}, new byte[0], new byte[] {2, 3});

    var parts = LengthPrefixed.split(joined, 3).orElseThrow();
    assertArrayEquals(new byte[] {2, 3}, parts.get(2));
    for (var wrong : List.of(2, 4)) {
      assertTrue(LengthPrefixed.split(joined, wrong).isEmpty());
    }
    assertTrue(LengthPrefixed.split(new byte[] {-1, -1, -1, -1}, 1).isEmpty());
    assertTrue(LengthPrefixed.split(new byte[] {0, 0, 0, 9, 1}, 1).isEmpty());
  }

  @Test
  void opensWhatEachOfItsDataKeysSealedAndSealsWithThePromotedOne() {
    var place = AssociatedData.ofKeyVersion("vault_1", "key_1", 1, "origin");
    var secret = Secret.of("a secret");
    var old = keyring.cipher().seal(secret, place);

    var two = keyring.withNewKey(new SecureRandom(), Set.of());
    assertEquals(keyring.primaryId(), two.primaryId());
    var newest = two.dataKeyIds().get(1);
    var promoted = two.promoting(newest);
    var fresh = promoted.cipher().seal(secret, place);

    assertEquals(newest, fresh.dataKeyId());
    for (var ring : List.of(two, promoted)) {
      assertEquals(secret, ring.cipher().open(old.blob(), place).orElseThrow());
      assertEquals(secret, ring.cipher().open(fresh.blob(), place).orElseThrow());
    }
    var one = promoted.withPrimaryOnly();
    assertEquals(List.of(newest), one.dataKeyIds());
    assertTrue(one.cipher().open(old.blob(), place).isEmpty());
    assertEquals(secret, one.cipher().open(fresh.blob(), place).orElseThrow());
  }

  @Test
  void keepsItsMacKeysAndItsOrderThroughARekey() {
    var two = keyring.withNewKey(new SecureRandom(), Set.of());
    var promoted = two.promoting(two.dataKeyIds().get(1));
    var back =
        Keyring.unwrap(promoted.wrap(MASTER, "vault_1", 1), MASTER, "vault_1", 1).orElseThrow();

    assertEquals(promoted.dataKeyIds(), back.dataKeyIds());
    assertEquals(promoted.primaryId(), back.primaryId());
    assertArrayEquals(keyring.tokenMac("akm"), back.withPrimaryOnly().tokenMac("akm"));
    assertEquals(
        keyring.fingerprint(Secret.of("x")), back.withPrimaryOnly().fingerprint(Secret.of("x")));
    assertArrayEquals(keyring.auditMac(new byte[1]), back.auditMac(new byte[1]));
  }

  @Test
  void promotesNoKeyThatItDoesNotHave() {
    assertThrows(IllegalArgumentException.class, () -> keyring.promoting(1L << 40));
  }

  /** Seen failing with one key for every use. */
  @Test
  void givesEachUseOfItsMacAKeyOfItsOwn() {
    var text = "the same text".getBytes(StandardCharsets.UTF_8);
    var keyring = Keyring.create(new SecureRandom());
    assertArrayEquals(keyring.mac("backup", text), keyring.mac("backup", text));
    assertFalse(Arrays.equals(keyring.mac("backup", text), keyring.mac("other", text)));
    assertFalse(Arrays.equals(keyring.mac("backup", text), keyring.auditMac(text)));
  }
}
