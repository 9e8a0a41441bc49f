package io.commandcenter.akm.store;

import io.commandcenter.akm.core.audit.Checkpoint;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A checkpoint as one line of JSON. */
final class CheckpointJson {
  private static final List<String> MEMBERS =
      List.of("node", "line", "n", "mac", "rows", "at", "previous", "public_key", "signature");

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
      var json = new JsonObject(line);
      if (MEMBERS.stream().anyMatch(member -> json.getValue(member) == null)) {
        return Optional.empty();
      }
      var checkpoint = read(json);
      return encode(checkpoint).equals(line) ? Optional.of(checkpoint) : Optional.empty();
    } catch (DecodeException
        | ClassCastException
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
