package io.commandcenter.akm.core.crypto;

import com.google.crypto.tink.subtle.Hkdf;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** The 32 bytes everything else hangs on; it encrypts nothing itself, it only derives. */
public final class MasterKey implements AutoCloseable {
  public static final int SIZE = 32;

  private final byte[] bytes;

  private MasterKey(byte[] bytes) {
    this.bytes = bytes;
  }

  public static MasterKey random(SecureRandom random) {
    var bytes = new byte[SIZE];
    random.nextBytes(bytes);
    return new MasterKey(bytes);
  }

  /** Takes the array as its own. */
  static MasterKey of(byte[] bytes) {
    if (bytes.length != SIZE) {
      throw new IllegalArgumentException("it must be 32 bytes");
    }
    return new MasterKey(bytes);
  }

  /**
   * Reads base64 (either alphabet) or hex of exactly 32 bytes.
   *
   * @throws IllegalArgumentException whose message names the form, never the text
   */
  public static MasterKey parse(String text) {
    var stripped = text.strip();
    var bytes = decode(stripped);
    if (bytes.length != SIZE) {
      throw new IllegalArgumentException("it must be 32 bytes in base64 or hex");
    }
    return new MasterKey(bytes);
  }

  private static byte[] decode(String text) {
    try {
      return text.length() == 2 * SIZE
          ? HexFormat.of().parseHex(text)
          : Base64.getUrlDecoder().decode(text.replace('+', '-').replace('/', '_'));
    } catch (IllegalArgumentException e) {
      // The decoder's own message repeats the offending characters.
      return new byte[0];
    }
  }

  /** HKDF-SHA256 (RFC 5869); the vault id is the salt, so no two vaults share a derived key. */
  byte[] derive(String label, String vaultId) {
    try {
      return Hkdf.computeHkdf(
          "HMACSHA256", bytes, utf8(vaultId), utf8("akm " + label + " v1"), SIZE);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Tells a wrong master key from a damaged keyring; says nothing about the wrapping key. */
  public byte[] canary(String vaultId) {
    return derive("canary", vaultId);
  }

  /** Base64, as it stands in a master key file. */
  public String encoded() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** The same key, to be closed apart from this one. */
  public MasterKey copy() {
    return new MasterKey(bytes.clone());
  }

  public boolean sameAs(MasterKey other) {
    return MessageDigest.isEqual(bytes, other.bytes);
  }

  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public String toString() {
    return "MasterKey[…]";
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
