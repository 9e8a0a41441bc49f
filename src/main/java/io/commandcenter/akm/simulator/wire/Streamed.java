package io.commandcenter.akm.simulator.wire;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A streamed answer.
 *
 * @param error what this format sends when it fails in the middle
 * @param gap before each piece; null for what the provider is set to
 */
public record Streamed(Map<String, String> headers, List<Frame> frames, Frame error, Duration gap)
    implements Said {
  public static final String SSE = "text/event-stream";

  public Streamed {
    headers = Map.copyOf(headers);
    frames = List.copyOf(frames);
  }

  public static Streamed of(
      String contentType, Map<String, String> headers, List<Frame> frames, Frame error) {
    var all = new LinkedHashMap<>(headers);
    all.put("content-type", contentType);
    return new Streamed(all, frames, error, null);
  }

  /** The same with this much time before each piece. */
  public Streamed with(Duration slow) {
    return new Streamed(headers, frames, error, slow);
  }
}
