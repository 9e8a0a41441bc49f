package io.commandcenter.akm.core.audit;

import static io.commandcenter.akm.core.audit.LogRow.number;
import static io.commandcenter.akm.core.audit.LogRow.utf8;

import io.commandcenter.akm.core.crypto.LengthPrefixed;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A signed word on how far a chain had come.
 *
 * @param line counts the checkpoints of the node, from 1
 * @param n the place of the newest row in its chain
 * @param mac of that row, in hex
 * @param rows the seq of that row: how many rows the log had
 * @param at milliseconds since 1970
 * @param previous SHA-256 of the signature of the node's checkpoint before, in hex; empty for the
 *     first
 * @param publicKey that verifies the signature, in hex
 * @param signature Ed25519, in hex
 */
public record Checkpoint(
    String node,
    long line,
    long n,
    String mac,
    long rows,
    long at,
    String previous,
    String publicKey,
    String signature) {
  private static final HexFormat HEX = HexFormat.of();

  /** How far a chain has come. */
  public record Head(String node, long n, byte[] mac, long rows) {
    public Head {
      mac = mac.clone();
    }

    @Override
    public byte[] mac() {
      return mac.clone();
    }
  }

  /**
   * @param before the node's last checkpoint, null for none
   */
  public static Checkpoint sign(ChainKey key, Head head, Checkpoint before, long at) {
    var unsigned =
        new Checkpoint(
            head.node(),
            before == null ? 1 : before.line() + 1,
            head.n(),
            HEX.formatHex(head.mac()),
            head.rows(),
            at,
            before == null ? "" : before.link(),
            HEX.formatHex(key.checkpoints().publicKey()),
            "");
    return unsigned.with(HEX.formatHex(key.checkpoints().sign(unsigned.text(key))));
  }

  private Checkpoint with(String made) {
    return new Checkpoint(node, line, n, mac, rows, at, previous, publicKey, made);
  }

  /** Whether this vault signed it, and nothing was changed since. */
  public boolean genuine(ChainKey key) {
    try {
      return Arrays.equals(HEX.parseHex(publicKey), key.checkpoints().publicKey())
          && key.checkpoints().signed(text(key), HEX.parseHex(signature));
    } catch (IllegalArgumentException noHex) {
      return false;
    }
  }

  /** What the next checkpoint says of this one. */
  String link() {
    try {
      return HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(utf8(signature)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private byte[] text(ChainKey key) {
    return LengthPrefixed.join(
        utf8("akm audit checkpoint 1"),
        utf8(key.vaultId()),
        utf8(node),
        number(line),
        number(n),
        utf8(mac),
        number(rows),
        number(at),
        utf8(previous));
  }
}
