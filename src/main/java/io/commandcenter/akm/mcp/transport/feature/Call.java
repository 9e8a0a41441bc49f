package io.commandcenter.akm.mcp.transport.feature;

import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** One round of a request, with the way back to its client. */
public interface Call {
  Caller caller();

  /** The revision that this request follows, for example {@code 2025-11-25}. */
  String revision();

  /** What the client can do, as it has declared it. */
  Abilities client();

  /** The session's id; null in the stateless lane. */
  String session();

  /** What the client answered to the round before, by key; empty in the first. */
  Map<String, JsonObject> answers();

  /** As it was in the round before; null in the first. */
  JsonObject memory();

  /** The parameters' {@code _meta}; empty without one. */
  Map<String, Object> meta();

  /**
   * Reports progress if the client has asked for it.
   *
   * @param total null if it is not known
   * @param message null for none
   * @return completes when the connection has taken it
   */
  Future<Void> progress(double progress, Double total, String message);

  /** A log message for the client, if it wants that level; deprecated by 2026-07-28. */
  Future<Void> log(LoggingLevel level, String data);

  /** Runs once when the client gives the request up, at once if it already has. */
  void onCancel(Runnable stop);

  /** Breaks the connection that carries the answer; the client may come back for the rest. */
  void disconnect();
}
