package io.commandcenter.akm.core.audit;

import io.commandcenter.akm.core.crypto.LengthPrefixed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One row of the audit log as it stands there, whatever became of it.
 *
 * @param seq its place among the rows of all nodes
 * @param at milliseconds since 1970
 * @param node whose chain it belongs to; null if it is older than any chain
 * @param n its place in that chain, from 1
 * @param lines how many checkpoints of its node stood when it was written
 * @param mac binds it to the row before; null if there is none
 */
public record LogRow(
    long seq,
    long at,
    String principal,
    String action,
    String subject,
    String outcome,
    String detail,
    String node,
    long n,
    long lines,
    byte[] mac) {

  /** What a column says that holds nothing; no text that is written looks like it. */
  private static final String NOTHING = "\0";

  public LogRow {
    principal = orNothing(principal);
    action = orNothing(action);
    subject = orNothing(subject);
    outcome = orNothing(outcome);
    detail = orNothing(detail);
    mac = mac == null ? null : mac.clone();
  }

  private static String orNothing(String text) {
    return text == null ? NOTHING : text;
  }

  @Override
  public byte[] mac() {
    return mac == null ? null : mac.clone();
  }

  public boolean chained() {
    return node != null;
  }

  /** The same row at another place of its chain. */
  LogRow at(long place) {
    return new LogRow(
        seq, at, principal, action, subject, outcome, detail, node, place, lines, mac);
  }

  /** Everything that is said of an event, without the chain. */
  byte[] content() {
    return LengthPrefixed.join(
        number(seq),
        number(at),
        utf8(principal),
        utf8(action),
        utf8(subject),
        utf8(outcome),
        utf8(detail));
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] number(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }
}
