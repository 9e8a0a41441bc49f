package io.commandcenter.akm.simulator.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A streamed answer.
 *
 * @param error what this format sends when it fails in the middle
 */
public record Streamed(Map<String, String> headers, List<Frame> frames, Frame error)
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
    return new Streamed(all, frames, error);
  }
}
