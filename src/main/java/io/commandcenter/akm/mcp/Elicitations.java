package io.commandcenter.akm.mcp;

import io.commandcenter.akm.contract.Facts.KeyChanged;
import io.commandcenter.akm.mcp.transport.StreamableHttp;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which session waits for which one-time page; a session hears when its page was used. */
final class Elicitations {
  private static final int MOST = 10_000;

  private final Vertx vertx;
  private final Duration life;
  private final Map<String, String> sessions = new ConcurrentHashMap<>();

  /**
   * @param life how long a page can be used
   */
  Elicitations(Vertx vertx, Duration life) {
    this.vertx = vertx;
    this.life = life;
  }

  /**
   * @param sessionId null where no session could be told
   */
  void await(String entryId, String sessionId) {
    if (sessionId != null && sessions.size() < MOST) {
      sessions.put(entryId, sessionId);
      vertx.setTimer(Math.max(life.toMillis(), 1), t -> sessions.remove(entryId));
    }
  }

  /** Every node hears the fact; the one with the session tells it. */
  void complete(KeyChanged fact, StreamableHttp transport) {
    var session = fact.entryId() == null ? null : sessions.remove(fact.entryId());
    if (session != null) {
      transport.elicited(session, fact.entryId());
    }
  }
}
