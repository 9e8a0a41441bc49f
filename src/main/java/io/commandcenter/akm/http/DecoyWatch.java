package io.commandcenter.akm.http;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.DecoyCalls;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.stream.Stream;

/**
 * Shows the vault what is presented in the place of a token, on any path: it may be a decoy.
 *
 * <p>Nothing waits for the answer, which says nothing: whoever presents a decoy is refused like
 * anybody with a wrong token, in the same time.
 */
final class DecoyWatch implements Handler<RoutingContext> {
  private static final int MAX_TOKEN = 256;

  private final Asking bus;

  DecoyWatch(Asking bus) {
    this.bus = bus;
  }

  @Override
  public void handle(RoutingContext rc) {
    var request = rc.request();
    Stream.of(
            request.getHeader(HttpHeaders.AUTHORIZATION),
            request.getHeader("x-api-key"),
            request.getHeader("x-goog-api-key"))
        .filter(header -> header != null)
        .map(DecoyWatch::token)
        .filter(DecoyWatch::mayBeDecoy)
        .forEach(token -> show(request, token));
    rc.next();
  }

  private static String token(String header) {
    return header.regionMatches(true, 0, "Bearer ", 0, 7) ? header.substring(7).strip() : header;
  }

  /** Tokens of akm are spared the look: a decoy has the form of a provider's key. */
  private static boolean mayBeDecoy(String token) {
    return !token.startsWith("akm_") && !token.isBlank() && token.length() <= MAX_TOKEN;
  }

  private void show(HttpServerRequest request, String token) {
    var from = request.remoteAddress().hostAddress();
    bus.ask(DecoyCalls.PRESENTED, new DecoyCalls.PresentedToken(token, from));
  }
}
