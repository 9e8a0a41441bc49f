package io.commandcenter.akm.core.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Seen failing with the associated data left out, and with the format byte left unchecked. */
class SecretCipherTest {
  private static final String ORIGIN = ProviderOrigin.hash(URI.create("https://api.example.com"));
  private static final AssociatedData PLACE =
      AssociatedData.ofKeyVersion("vault_1", "key_1", 1, ORIGIN);
  private static final Secret SECRET = Secret.of("sk-ant-api03-the-secret-itself");

  private final Keyring keyring = Keyring.create(new SecureRandom());
  private final SealedSecret sealed = keyring.cipher().seal(SECRET, PLACE);

  @Test
  void opensWhatItSealed() {
    assertEquals(SECRET, keyring.cipher().open(sealed.blob(), PLACE).orElseThrow());
  }

  @Test
  void agreesWithAnotherImplementation() throws GeneralSecurityException {
    var master = MasterKey.random(new SecureRandom());
    var dataKey =
        IndependentCrypto.dataKey(keyring.wrap(master, "vault_1", 3), master, "vault_1", 3);

    assertArrayEquals(
        "sk-ant-api03-the-secret-itself".getBytes(StandardCharsets.UTF_8),
        IndependentCrypto.open(dataKey, sealed.blob(), PLACE));
  }

  @Test
  void namesTheDataKeyThatMadeTheBlob() {
    var inBlob = ByteBuffer.wrap(sealed.blob(), 2, 4).getInt();

    assertEquals(Integer.toUnsignedLong(inBlob), sealed.dataKeyId());
  }

  @Test
  void refusesEveryFlippedBit() {
    var blob = sealed.blob();
    for (var bit = 0; bit < blob.length * 8; bit++) {
      var changed = blob.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertTrue(keyring.cipher().open(changed, PLACE).isEmpty(), "bit " + bit);
    }
  }

  @Test
  void refusesThousandsOfMutations() {
    var random = new Random(1);
    var blob = sealed.blob();
    for (var i = 0; i < 5_000; i++) {
      assertTrue(keyring.cipher().open(mutated(blob, random), PLACE).isEmpty(), "round " + i);
    }
  }

  private static byte[] mutated(byte[] blob, Random random) {
    if (random.nextInt(4) == 0) {
      return java.util.Arrays.copyOf(blob, random.nextInt(blob.length));
    }
    var changed = blob.clone();
    for (var i = 0; i <= random.nextInt(3); i++) {
      // Each step changes another byte, so no step can undo the one before.
      changed[(random.nextInt(blob.length / 4) * 4 + i) % blob.length] ^=
          (byte) (1 + random.nextInt(255));
    }
    return changed;
  }

  @Test
  void refusesARowMovedAnywhereElse() {
    var elsewhere = ProviderOrigin.hash(URI.create("https://evil.example.com"));
    var places =
        List.of(
            AssociatedData.ofKeyVersion("vault_2", "key_1", 1, ORIGIN),
            AssociatedData.ofKeyVersion("vault_1", "key_2", 1, ORIGIN),
            AssociatedData.ofKeyVersion("vault_1", "key_1", 2, ORIGIN),
            AssociatedData.ofKeyVersion("vault_1", "key_1", 1, elsewhere),
            new AssociatedData("other", "vault_1", "key_version", "ciphertext", "key_1", 1, ORIGIN),
            new AssociatedData(
                "provider-key", "vault_1", "token", "ciphertext", "key_1", 1, ORIGIN),
            new AssociatedData(
                "provider-key", "vault_1", "key_version", "origin_hash", "key_1", 1, ORIGIN),
            // The same letters, divided differently between two fields.
            new AssociatedData(
                "provider-key", "vault_1k", "ey_version", "ciphertext", "key_1", 1, ORIGIN));

    for (var place : places) {
      assertTrue(keyring.cipher().open(sealed.blob(), place).isEmpty(), place.toString());
    }
  }

  @Test
  void refusesTheBlobOfAnotherKeyring() {
    var other = Keyring.create(new SecureRandom());

    assertTrue(other.cipher().open(sealed.blob(), PLACE).isEmpty());
  }

  @Test
  void neverUsesANonceTwice() {
    var nonces = new HashSet<ByteBuffer>();
    for (var i = 0; i < 20_000; i++) {
      var blob = keyring.cipher().seal(SECRET, PLACE).blob();
      assertTrue(nonces.add(ByteBuffer.wrap(blob, 6, 12).slice()), "round " + i);
    }
  }

  @Test
  void keepsTheBlobFromBeingChangedByItsReaders() {
    sealed.blob()[0] = 9;

    assertFalse(sealed.blob()[0] == 9);
    assertNotEquals("", sealed.toString());
  }
}
