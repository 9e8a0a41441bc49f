package io.commandcenter.akm.simulator;

import io.commandcenter.akm.simulator.wire.Answer;
import io.commandcenter.akm.simulator.wire.Ask;
import io.commandcenter.akm.simulator.wire.Dialect;
import io.commandcenter.akm.simulator.wire.Incoming;
import io.commandcenter.akm.simulator.wire.Reply;
import io.commandcenter.akm.simulator.wire.Said;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** A stand-in for one provider on a loopback port. Its settings may be changed from any thread. */
public final class SimulatedProvider {
  private static final String HOST = "127.0.0.1";
  private static final long MOST_BYTES = 32L * 1024 * 1024;

  private final Vertx vertx;
  private final Dialect dialect;
  private final Faults faults = new Faults();
  private final Visits visits = new Visits();
  private final Set<String> acceptedKeys = ConcurrentHashMap.newKeySet();
  private final Set<String> onlyChecked = ConcurrentHashMap.newKeySet();
  private final Set<String> goneModels = ConcurrentHashMap.newKeySet();
  private volatile UnaryOperator<Answer> usage = UnaryOperator.identity();
  private volatile Fault slowChecks;
  private volatile Optional<Integer> chunks = Optional.empty();
  private volatile long gapMillis;
  private HttpServer server;

  private SimulatedProvider(Vertx vertx, Dialect dialect) {
    this.vertx = vertx;
    this.dialect = dialect;
  }

  static Future<SimulatedProvider> start(Vertx vertx, Dialect dialect) {
    var provider = new SimulatedProvider(vertx, dialect);
    var router = Router.router(vertx);
    router.route().handler(BodyHandler.create(false).setBodyLimit(MOST_BYTES));
    router.route().handler(provider::serve);
    return vertx
        .createHttpServer(new HttpServerOptions().setHost(HOST).setPort(0))
        .requestHandler(router)
        .listen()
        .map(
            listening -> {
              provider.server = listening;
              return provider;
            });
  }

  public String name() {
    return dialect.name();
  }

  /** What stands as {@code endpoint} in routing.json. */
  public URI endpoint() {
    return URI.create("http://" + hostPort() + dialect.basePath());
  }

  /** What stands in {@code allowed_private_hosts}. */
  public String hostPort() {
    return HOST + ":" + server.actualPort();
  }

  /** From the first call on, only accepted keys are; before it, any key is. */
  public SimulatedProvider accept(String key) {
    acceptedKeys.add(key);
    return this;
  }

  /** This key, once accepted, passes free calls only: every chat and embedding refuses it. */
  public SimulatedProvider acceptForChecksOnly(String key) {
    onlyChecked.add(key);
    return accept(key);
  }

  /** From now on the provider no longer knows this key. */
  public SimulatedProvider revoke(String key) {
    acceptedKeys.remove(key);
    return this;
  }

  /** Free calls take this long; null for no time. */
  public SimulatedProvider slowChecks(Duration by) {
    slowChecks = by == null ? null : Fault.delay(by);
    return this;
  }

  /** The provider answers that it does not know this model. */
  public SimulatedProvider gone(String model) {
    goneModels.add(model);
    return this;
  }

  /** Every further chat and embedding costs this many tokens, whatever its length. */
  public SimulatedProvider usage(long inputTokens, long outputTokens) {
    usage = answer -> answer.withUsage(inputTokens, outputTokens);
    return this;
  }

  /**
   * Until {@link #heal}, every call fails so; free calls only where the real provider's would, so
   * not for 402, 404 and 429.
   */
  public SimulatedProvider fail(Fault fault) {
    faults.start(fault);
    return this;
  }

  /** The next chats and embeddings fail so; free calls do not. */
  public SimulatedProvider failNext(int times, Fault fault) {
    faults.queue(times, fault);
    return this;
  }

  /** No fault any more, and streams of as many pieces as their text has. */
  public SimulatedProvider heal() {
    faults.clear();
    chunks = Optional.empty();
    gapMillis = 0;
    return this;
  }

  /**
   * Every further streamed text has this many pieces, with this much time before each.
   *
   * @param gap zero for none
   */
  public SimulatedProvider chunks(int pieces, Duration gap) {
    chunks = Optional.of(pieces);
    gapMillis = gap.toMillis();
    return this;
  }

  /** Chats and embeddings so far, failed ones included. */
  public int requests() {
    return visits.requests();
  }

  /** Chats and embeddings with this key so far, refused ones included. */
  public int requestsWith(String key) {
    return visits.requestsWith(key);
  }

  /** {@code System.nanoTime()} of the last chat or embedding that came with this key; or null. */
  public Long lastArrival(String key) {
    return visits.lastArrival(key);
  }

  /** Free calls so far. */
  public int checks() {
    return visits.checks();
  }

  /** Of the last chat or embedding that was understood; null before the first. */
  public String lastModel() {
    return visits.lastModel();
  }

  /** Answers under way: not complete, and their callers are still there. */
  public int openAnswers() {
    return visits.open();
  }

  /** Answers whose callers closed the connection, or the stream, before the end. */
  public int abandoned() {
    return visits.left();
  }

  /** {@code System.nanoTime()} when the last such caller was seen to have left. */
  public long lastAbandoned() {
    return visits.lastLeft();
  }

  /** Method and URI of the last chat or embedding, as on its first line; null before the first. */
  public String lastCall() {
    var seen = visits.last();
    return seen == null ? null : seen.method() + " " + seen.uri();
  }

  /** Of the last chat or embedding, by names in lower case. */
  public Map<String, String> lastHeaders() {
    return visits.last().headers();
  }

  /** Of the last chat or embedding; null if it was no JSON object. */
  public JsonObject lastBody() {
    return visits.last().body();
  }

  Future<Void> close() {
    return server.close();
  }

  private void serve(RoutingContext context) {
    var request = context.request();
    var free = dialect.freeCall(request.method(), request.path());
    if (free.isPresent()) {
      visits.check();
    } else {
      visits.request(dialect.credential(request.headers()));
    }
    var fault =
        free.isPresent()
            ? faults.ofFreeCall().or(() -> Optional.ofNullable(slowChecks))
            : faults.ofRequest();
    new Sending(vertx, dialect, visits, gapMillis)
        .send(request.response(), fault, () -> said(context, free));
  }

  private Said said(RoutingContext context, Optional<Reply> free) {
    var request = context.request();
    boolean onlyForChecks =
        free.isEmpty()
            && dialect.credential(request.headers()).filter(onlyChecked::contains).isPresent();
    if (onlyForChecks || !isAccepted(request)) {
      return dialect.wrongKey();
    }
    return free.isPresent() ? free.get() : answer(context);
  }

  private boolean isAccepted(HttpServerRequest request) {
    var presented = dialect.credential(request.headers());
    return acceptedKeys.isEmpty()
        ? presented.isPresent() || !dialect.needsKey()
        : presented.filter(acceptedKeys::contains).isPresent();
  }

  private Said answer(RoutingContext context) {
    var request = context.request();
    try {
      var body = Optional.ofNullable(context.body().asJsonObject()).orElseGet(JsonObject::new);
      visits.seen(request, body);
      var ask =
          dialect.read(new Incoming(request.path(), request.query(), request.headers(), body));
      visits.understood(ask.model());
      return goneModels.contains(ask.model()) ? dialect.modelGone(ask.model()) : answer(ask);
    } catch (Dialect.Malformed e) {
      return dialect.malformed(e.getMessage());
    } catch (DecodeException | ClassCastException e) {
      return dialect.malformed("the body is no JSON object of this format");
    }
  }

  private Said answer(Ask ask) {
    var answer = usage.apply(Answer.to(dialect.name(), ask));
    if (!(ask instanceof Ask.Chat chat)) {
      return dialect.answer(ask, answer);
    }
    if (!chat.stream()) {
      var whole = dialect.answer(ask, answer);
      return Slow.isWanted(chat) ? whole.after(Slow.GAP.multipliedBy(Slow.PIECES)) : whole;
    }
    var wanted = Slow.isWanted(chat) ? Optional.of(Slow.PIECES) : chunks;
    var longer =
        wanted.isPresent() && !answer.text().isEmpty()
            ? usage.apply(answer.lengthened(chat, wanted.get()))
            : answer;
    var stream = dialect.stream(chat, longer, longer.pieces(wanted));
    return Slow.isWanted(chat) ? stream.with(Slow.GAP) : stream;
  }

  /** How it speaks to a user who asks it to speak slowly: for four seconds. */
  private static final class Slow {
    static final int PIECES = 200;
    static final Duration GAP = Duration.ofMillis(20);

    static boolean isWanted(Ask.Chat chat) {
      return chat.lastUser().toLowerCase(Locale.ROOT).contains("please speak slowly");
    }
  }
}
