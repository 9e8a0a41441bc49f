package io.commandcenter.akm.core.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts and digests the rows that are older than the chain, which its first row then binds. */
public final class OlderRows {
  private final MessageDigest digest = sha256();
  private long count;
  private long first;

  public void add(LogRow row) {
    // Each content says its own lengths, so that two rows cannot be read as one.
    digest.update(row.content());
    first = count == 0 ? row.seq() : first;
    count++;
  }

  public long count() {
    return count;
  }

  /** The seq of the oldest, 0 if there is none. */
  public long first() {
    return first;
  }

  /** 64 hex digits over the rows so far. */
  public String digest() {
    try {
      return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("every JDK can clone SHA-256", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
