package io.commandcenter.akm.gateway.dialect;

/**
 * JSON strings put down without a tree, for the many small pieces of a stream. What stands around
 * them is the writer's own fixed text.
 */
public final class JsonText {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private JsonText() {}

  /** Appends the text as a JSON string, quotes included; {@code null} as null. */
  public static StringBuilder quote(StringBuilder to, String text) {
    if (text == null) {
      return to.append("null");
    }
    to.append('"');
    escape(to, text);
    return to.append('"');
  }

  /** The text as a JSON string, quotes included. */
  public static String quoted(String text) {
    return quote(new StringBuilder(text == null ? 4 : text.length() + 16), text).toString();
  }

  private static void escape(StringBuilder to, String text) {
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c != '"' && c != '\\' && (c < '\ud800' || c > '\udfff')) {
        continue;
      }
      if (isPair(text, i)) {
        i++;
        continue;
      }
      to.append(text, plain, i);
      special(to, c);
      plain = i + 1;
    }
    to.append(text, plain, text.length());
  }

  private static boolean isPair(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        && at + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(at + 1));
  }

  private static void special(StringBuilder to, char c) {
    switch (c) {
      case '"' -> to.append("\\\"");
      case '\\' -> to.append("\\\\");
      case '\n' -> to.append("\\n");
      case '\r' -> to.append("\\r");
      case '\t' -> to.append("\\t");
      // Half of a character, cut by the provider: as UTF-8 it would be lost, escaped the reader can
      // join it with the other half.
      default ->
          to.append("\\u")
              .append(HEX[c >> 12])
              .append(HEX[c >> 8 & 15])
              .append(HEX[c >> 4 & 15])
              .append(HEX[c & 15]);
    }
  }
}
