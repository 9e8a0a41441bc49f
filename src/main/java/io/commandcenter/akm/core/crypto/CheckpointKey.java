package io.commandcenter.akm.core.crypto;

import com.google.crypto.tink.subtle.Ed25519Sign;
import com.google.crypto.tink.subtle.Ed25519Sign.KeyPair;
import com.google.crypto.tink.subtle.Ed25519Verify;
import java.security.GeneralSecurityException;

/**
 * The Ed25519 pair that signs checkpoints of the audit chain: whoever has the public key can tell a
 * checkpoint of this vault from any other, and needs no secret for it.
 */
public final class CheckpointKey {
  private final Ed25519Sign signer;
  private final byte[] publicKey;

  /**
   * @param seed 32 secret bytes that name the pair
   */
  CheckpointKey(byte[] seed) {
    try {
      var pair = KeyPair.newKeyPairFromSeed(seed);
      signer = new Ed25519Sign(pair.getPrivateKey());
      publicKey = pair.getPublicKey();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** 32 bytes. */
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /** 64 bytes. */
  public byte[] sign(byte[] text) {
    try {
      return signer.sign(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether {@code signature} is this pair's of {@code text}. */
  public boolean signed(byte[] text, byte[] signature) {
    try {
      new Ed25519Verify(publicKey).verify(signature, text);
      return true;
    } catch (GeneralSecurityException refused) {
      return false;
    }
  }
}
