package io.commandcenter.akm.store;

import io.commandcenter.akm.core.audit.Checkpoint;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** A checkpoint as one line of JSON. */
final class CheckpointJson {
  private CheckpointJson() {}

  static String encode(Checkpoint checkpoint) {
    return new JsonObject()
        .put("node", checkpoint.node())
        .put("line", checkpoint.line())
        .put("n", checkpoint.n())
        .put("mac", checkpoint.mac())
        .put("rows", checkpoint.rows())
        .put("at", Instant.ofEpochMilli(checkpoint.at()).toString())
        .put("previous", checkpoint.previous())
        .put("public_key", checkpoint.publicKey())
        .put("signature", checkpoint.signature())
        .encode();
  }

  /** Empty unless it is, to the letter, what {@link #encode} writes. */
  static Optional<Checkpoint> parse(String line) {
    try {
      var checkpoint = read(new JsonObject(line));
      return encode(checkpoint).equals(line) ? Optional.of(checkpoint) : Optional.empty();
    } catch (DecodeException
        | ClassCastException
        | NullPointerException
        | DateTimeException
        | ArithmeticException unreadable) {
      return Optional.empty();
    }
  }

  private static Checkpoint read(JsonObject json) {
    return new Checkpoint(
        json.getString("node"),
        json.getLong("line"),
        json.getLong("n"),
        json.getString("mac"),
        json.getLong("rows"),
        Instant.parse(json.getString("at")).toEpochMilli(),
        json.getString("previous"),
        json.getString("public_key"),
        json.getString("signature"));
  }
}
