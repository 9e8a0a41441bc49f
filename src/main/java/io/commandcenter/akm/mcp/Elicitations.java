package io.commandcenter.akm.mcp;

import io.commandcenter.akm.contract.Facts.KeyChanged;
import io.modelcontextprotocol.server.McpAsyncServer;
import io.modelcontextprotocol.spec.McpSchema.ElicitationCompleteNotification;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

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

  void await(String entryId, String sessionId) {
    if (sessions.size() < MOST) {
      sessions.put(entryId, sessionId);
      vertx.setTimer(Math.max(life.toMillis(), 1), t -> sessions.remove(entryId));
    }
  }

  /** Every node hears the fact; the one with the session tells it. */
  void complete(KeyChanged fact, McpAsyncServer server) {
    var session = fact.entryId() == null ? null : sessions.remove(fact.entryId());
    if (session != null) {
      server
          .sendElicitationComplete(session, new ElicitationCompleteNotification(fact.entryId()))
          .onErrorResume(gone -> Mono.empty())
          .subscribe();
    }
  }
}
