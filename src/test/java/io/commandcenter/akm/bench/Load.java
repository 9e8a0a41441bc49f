package io.commandcenter.akm.bench;

import java.util.OptionalInt;

/**
 * What is asked of a gateway for one measurement.
 *
 * @param connections kept alive all the time
 * @param perSecond requests due each second, whatever the answers do; none: each connection asks
 *     again as soon as it is answered
 * @param chunks of each streamed answer, 0 for a plain one
 * @param gapMs between two of them
 * @param warmUpMs before the window that is measured
 * @param windowMs what is measured
 */
record Load(
    int connections, OptionalInt perSecond, int chunks, int gapMs, long warmUpMs, long windowMs) {
  static Load closed(int connections, long windowMs) {
    return new Load(connections, OptionalInt.empty(), 0, 0, windowMs / 4, windowMs);
  }

  static Load open(int perSecond, long windowMs) {
    return new Load(256, OptionalInt.of(perSecond), 0, 0, windowMs / 4, windowMs);
  }

  Load streaming(int chunks, int gapMs) {
    return new Load(connections, perSecond, chunks, gapMs, warmUpMs, windowMs);
  }
}
