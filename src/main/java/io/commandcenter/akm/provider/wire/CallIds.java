package io.commandcenter.akm.provider.wire;

import java.util.regex.Pattern;

/** Ids of tool calls: invented where a provider names none, fitted where it is narrow. */
public final class CallIds {
  private static final Pattern PLAIN = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
  private static final Pattern NINE = Pattern.compile("[a-zA-Z0-9]{9}");
  private static final int ROOM = 48;

  private CallIds() {}

  /**
   * An id that no other answer's call has.
   *
   * @param seed of the answer: its id, or when it was made
   */
  public static String invented(String seed, int index) {
    return "call_" + index + "_" + hash(seed);
  }

  /** The id in letters, digits, underscores and hyphens; equal ids stay equal. */
  public static String plain(String id) {
    if (PLAIN.matcher(id).matches()) {
      return id;
    }
    var kept = id.replaceAll("[^a-zA-Z0-9_-]", "_");
    return kept.substring(0, Math.min(kept.length(), ROOM)) + "_" + hash(id);
  }

  /** The id in nine letters and digits; equal ids stay equal. */
  public static String nine(String id) {
    return NINE.matcher(id).matches() ? id : "0" + hash(id);
  }

  private static String hash(String text) {
    return String.format("%08x", text.hashCode());
  }
}
