package io.commandcenter.akm.cli.bridge;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries newline-delimited JSON-RPC between a client that starts commands and the service's
 * streamable HTTP endpoint, for revisions with a session and without one.
 */
public final class Bridge {
  private static final Logger log = LoggerFactory.getLogger(Bridge.class);
  private static final int MAX_LINE = 8 << 20;
  private static final int MAX_UNDER_WAY = 32 << 20;
  private static final int MAX_ANSWER = 32 << 20;
  private static final int MAX_OPEN = 256;

  private final Context context;
  private final Client client;
  private final SessionLane sessions;
  private final StatelessLane stateless;
  private final Intake intake = new Intake(MAX_OPEN, MAX_UNDER_WAY);
  private final Promise<Void> ended;

  /**
   * @param endpoint the service's, for example {@code http://127.0.0.1:7070/mcp}
   * @param token an access token of the service; it is sent there and nowhere else
   * @param out nothing but JSON-RPC messages goes there
   */
  public Bridge(Vertx vertx, URI endpoint, String token, OutputStream out) {
    context = vertx.getOrCreateContext();
    ended = Promise.promise();
    client = new Client(new Output(vertx, out));
    // One connection for each open request, the listening stream and a few farewells.
    var service = new Service(vertx, endpoint, token, MAX_OPEN + 8, MAX_ANSWER);
    sessions = new SessionLane(vertx, service, client);
    stateless = new StatelessLane(service, client);
    client.gone().onComplete(gone -> close());
  }

  /**
   * Reads until the input ends, on a thread of its own.
   *
   * @return done when the last answer is written and the session is closed, or when the client
   *     takes nothing any more
   */
  public Future<Void> start(InputStream in) {
    // Nothing can interrupt a thread that reads standard input; it must not keep the process alive.
    var reader = new Thread(() -> read(new Lines(in, MAX_LINE)), "akm-mcp-stdin");
    reader.setDaemon(true);
    reader.start();
    return ended.future();
  }

  /** Ends the session at once; open requests are answered with an error. */
  public Future<Void> close() {
    context.runOnContext(
        v -> {
          client.failAll(open -> true, "akm mcp was stopped; start it again");
          sessions
              .close()
              .compose(closed -> client.flushed())
              .onComplete(flushed -> ended.tryComplete());
        });
    return ended.future();
  }

  private void read(Lines lines) {
    try {
      for (var line = lines.next(); line != null; line = lines.next()) {
        var current = line;
        if (!current.isBlank()) {
          var done = intake.take(current.text().length());
          context.runOnContext(v -> dispatch(current, done));
        }
      }
    } catch (IOException e) {
      log.warn("standard input broke; this ends the bridge");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    context.runOnContext(v -> finish());
  }

  /** Answers that are under way are worth a wait: the input may have been a file. */
  private void finish() {
    client.settled().timeout(30, TimeUnit.SECONDS).onComplete(settled -> close());
  }

  private void dispatch(Lines.Line line, Runnable done) {
    var message =
        line.tooLong()
            ? new Message.Malformed(
                null,
                Replies.PARSE_ERROR,
                "A line has more than " + MAX_LINE + " bytes; send less in one message")
            : Message.of(line.text());
    if (message instanceof Message.Request request) {
      open(request, done);
    } else if (message instanceof Message.Notification notification) {
      hear(notification).onComplete(heard -> done.run());
    } else if (message instanceof Message.Response response) {
      sessions.respond(response).onComplete(sent -> done.run());
    } else if (message instanceof Message.Malformed bad) {
      client.say(Replies.error(bad.id(), bad.code(), bad.reason())).onComplete(said -> done.run());
    }
  }

  private void open(Message.Request request, Runnable done) {
    boolean alone = StatelessLane.claims(request);
    var open = new OpenRequest(request, !alone, done);
    if (!client.begin(open)) {
      client
          .say(
              Replies.error(
                  request.id(), Replies.INVALID_REQUEST, "A request of this id is still open"))
          .onComplete(said -> done.run());
    } else if (alone) {
      stateless.request(open, request);
    } else {
      sessions.request(open, request);
    }
  }

  private Future<Void> hear(Message.Notification notification) {
    if (!notification.method().equals("notifications/cancelled")) {
      return sessions.notify(notification);
    }
    var found = client.find(notification.params().getValue("requestId"));
    if (found.isEmpty()) {
      // Its answer is on its way to the client already.
      return Future.succeededFuture();
    }
    var open = found.get();
    client.drop(open);
    var told = open.ofSession() ? sessions.notify(notification) : Future.<Void>succeededFuture();
    return told.onComplete(heard -> open.abort());
  }
}
