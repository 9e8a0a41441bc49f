package io.commandcenter.akm.mcp.transport.session;

import java.util.Optional;

/** A Last-Event-ID: the last event that a client has of a stream. */
record Position(String stream, long event) {
  static Optional<Position> parse(String lastEventId) {
    int cut = lastEventId.lastIndexOf('_');
    if (cut < 1) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Position(
              lastEventId.substring(0, cut), Long.parseLong(lastEventId.substring(cut + 1))));
    } catch (NumberFormatException notOurs) {
      return Optional.empty();
    }
  }
}
