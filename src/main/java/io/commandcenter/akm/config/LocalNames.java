package io.commandcenter.akm.config;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whether a configured host is plainly local, so that the file can be refused at start. The
 * connector checks the resolved address again before each connection.
 */
final class LocalNames {
  private static final Pattern PRIVATE_V4 =
      Pattern.compile(
          "(?:0|10|127)(?:\\.\\d{1,3}){3}|192\\.168(?:\\.\\d{1,3}){2}|169\\.254(?:\\.\\d{1,3}){2}"
              + "|172\\.(?:1[6-9]|2\\d|3[01])(?:\\.\\d{1,3}){2}|100\\.(?:6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])(?:\\.\\d{1,3}){2}");

  private LocalNames() {}

  static boolean isLocal(String host) {
    var name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || name.endsWith(".local")
        || name.endsWith(".internal")
        || name.startsWith("[")
        || PRIVATE_V4.matcher(name).matches();
  }
}
