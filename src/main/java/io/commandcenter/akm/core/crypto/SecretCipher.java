package io.commandcenter.akm.core.crypto;

import com.google.crypto.tink.Aead;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;

/** Seals secrets to their place and opens them there again: AES-256-GCM through Tink. */
public final class SecretCipher {
  static final byte FORMAT = 1;

  private final Aead aead;
  private final long dataKeyId;

  SecretCipher(Aead aead, long dataKeyId) {
    this.aead = aead;
    this.dataKeyId = dataKeyId;
  }

  public SealedSecret seal(Secret secret, AssociatedData place) {
    return new SealedSecret(
        secret.use(plain -> withFormat(encrypt(plain, place.bytes(FORMAT)))), dataKeyId);
  }

  /** The secret, or empty for a blob that was changed, moved or made with another keyring. */
  public Optional<Secret> open(byte[] blob, AssociatedData place) {
    if (blob.length < 2 || blob[0] != FORMAT) {
      return Optional.empty();
    }
    byte[] plain;
    try {
      plain = aead.decrypt(Arrays.copyOfRange(blob, 1, blob.length), place.bytes(FORMAT));
    } catch (GeneralSecurityException refused) {
      return Optional.empty();
    }
    try {
      return Optional.of(Secret.of(plain));
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private byte[] encrypt(byte[] plain, byte[] place) {
    try {
      return aead.encrypt(plain, place);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] withFormat(byte[] ciphertext) {
    var blob = new byte[ciphertext.length + 1];
    blob[0] = FORMAT;
    System.arraycopy(ciphertext, 0, blob, 1, ciphertext.length);
    return blob;
  }
}
