package io.commandcenter.akm.provider.wire;

import java.util.List;

/**
 * Ends a text at a stop text, for models that do not do it themselves. What may be the beginning of
 * a stop text is held back until it is decided.
 */
public final class StopCut {
  private final List<String> stops;
  private final StringBuilder held = new StringBuilder();
  private String hit;

  public StopCut(List<String> stops) {
    this.stops = stops.stream().filter(stop -> !stop.isEmpty()).toList();
  }

  /** What of the text so far may be given on. */
  public String take(String text) {
    if (hit != null) {
      return "";
    }
    held.append(text);
    int first = -1;
    for (var stop : stops) {
      int at = held.indexOf(stop);
      if (at >= 0 && (first < 0 || at < first)) {
        first = at;
        hit = stop;
      }
    }
    return free(first >= 0 ? first : held.length() - heldBack());
  }

  private int heldBack() {
    int most = 0;
    for (var stop : stops) {
      for (int n = Math.min(stop.length() - 1, held.length()); n > most; n--) {
        if (held.indexOf(stop.substring(0, n), held.length() - n) >= 0) {
          most = n;
        }
      }
    }
    return most;
  }

  private String free(int length) {
    var text = held.substring(0, length);
    held.delete(0, length);
    return text;
  }

  /** What was held back, at the end of the text. */
  public String rest() {
    return hit == null ? free(held.length()) : "";
  }

  /** The stop text that ended it, or null. */
  public String hit() {
    return hit;
  }
}
