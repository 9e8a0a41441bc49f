package io.commandcenter.akm.core.crypto;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Function;

/**
 * A plaintext key in memory: it prints masked, refuses to be serialised, compares in constant time,
 * and gives its bytes only to {@link #use}.
 */
public final class Secret implements AutoCloseable {
  private final byte[] bytes;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Takes a copy; the caller wipes its own array. */
  public static Secret of(byte[] bytes) {
    if (bytes.length == 0) {
      throw new IllegalArgumentException("an empty secret");
    }
    return new Secret(bytes.clone());
  }

  /** For text that arrived as a String, which cannot be wiped. */
  public static Secret of(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("an empty secret");
    }
    return new Secret(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Lends the bytes; the function must not keep them. An architecture test limits who may call
   * this.
   */
  public <T> T use(Function<byte[], T> borrower) {
    return borrower.apply(bytes);
  }

  /** Another of the same bytes, to be closed by itself. */
  public Secret copy() {
    return new Secret(bytes.clone());
  }

  /** Overwrites the bytes; a later use sees zeros. */
  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && MessageDigest.isEqual(bytes, secret.bytes);
  }

  /** Constant: a hash of the bytes would say something about them. */
  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return "Secret[…]";
  }

  private void writeObject(ObjectOutputStream out) throws NotSerializableException {
    throw new NotSerializableException(Secret.class.getName());
  }
}
