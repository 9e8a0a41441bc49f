package io.commandcenter.akm.e2e;

import static io.commandcenter.akm.testkit.TestVertx.await;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import io.commandcenter.akm.e2e.HostileInputs.Input;
import io.commandcenter.akm.testkit.MarkSearch;
import io.commandcenter.akm.testkit.OriginalRouting;
import io.commandcenter.akm.testkit.RunningService;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Goal 9: no key gets into a log or an answer through an error. Every logger writes at TRACE, also
 * the libraries' that the shipped logback.xml keeps quiet.
 *
 * <p>Seen failing with a debug line of a request's body, and with keys in paths let through to the
 * router.
 */
class HostileInputsE2eTest {
  private static final int INPUTS = Boolean.getBoolean("akm.soak") ? 10_000 : 1_000;
  private static final int AT_ONCE = 8;
  // Short, and at the beginning of each key: an error that repeats a piece of one repeats it too.
  private static final String MARK = "C4naryK9";

  @TempDir Path directory;
  private final MarkSearch logged = new MarkSearch(MARK);
  private final MarkSearch printed = new MarkSearch(MARK);
  private final MarkSearch answered = new MarkSearch(MARK);
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private OutputStreamAppender<ILoggingEvent> appender;
  private Appender<ILoggingEvent> console;
  private RunningService akm;
  private WebClient client;

  @BeforeEach
  void start() {
    // Pages end soon, so that there is room for the next ones.
    var settings = new JsonObject().put("vault", new JsonObject().put("entry_ttl_ms", 5_000));
    akm = new RunningService(directory, OriginalRouting.json(), settings, Map.of());
    client = WebClient.create(akm.vertx());
    listenAtTrace();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stop() {
    akm.close();
    System.setOut(out);
    System.setErr(err);
    root().detachAppender(appender);
    root().addAppender(console);
    root().setLevel(Level.INFO);
  }

  @Test
  void noKeyGetsIntoALogOrAnAnswerThroughAnError() {
    var inputs = new HostileInputs(42, MARK, this::page);
    var statuses = new TreeMap<Integer, Integer>();
    for (int i = 0; i < INPUTS; i += AT_ONCE) {
      var batch = new ArrayList<Future<Integer>>();
      for (int j = i; j < i + AT_ONCE; j++) {
        batch.add(send(inputs.next(j)));
      }
      await(Future.all(batch));
      batch.forEach(status -> statuses.merge(status.result(), 1, Integer::sum));
    }

    assertAll(
        () -> assertEquals(List.of(), some(answered), "answers"),
        () -> assertEquals(List.of(), some(logged), "the log at TRACE"),
        () -> assertEquals(List.of(), some(printed), "the console"));
    assertTrue(logged.written() > 1_000_000, "the log was not at TRACE");
    assertTrue(answered.written() > 100L * INPUTS, "there were few answers");
    // A fault of the server is no way to refuse.
    assertEquals(null, statuses.get(500), statuses.toString());
    assertTrue(statuses.getOrDefault(200, 0) < INPUTS / 4, statuses.toString());
  }

  private static List<String> some(MarkSearch search) {
    return search.found().stream().limit(20).toList();
  }

  private Future<Integer> send(Input input) {
    var request =
        client
            .requestAbs(input.method(), akm.url() + input.path())
            .bearerTokenAuthentication(RunningService.TOKEN);
    if (input.type() != null) {
      request.putHeader("Content-Type", input.type());
    }
    if (input.path().equals("/mcp")) {
      request.putHeader("Accept", "application/json, text/event-stream");
    }
    input.more().forEach(request::putHeader);
    return (input.body() == null ? request.send() : request.sendBuffer(input.body()))
        .map(this::look)
        // A connection that was closed on a request is an answer too.
        .otherwise(0);
  }

  private int look(HttpResponse<Buffer> answer) {
    answered.look(answer.statusMessage() + "\n" + answer.headers() + "\n" + answer.bodyAsString());
    return answer.statusCode();
  }

  private JsonObject page() {
    var ask = new JsonObject().put("provider", "openai").put("label", "page-" + System.nanoTime());
    var link = akm.post("/api/v1/keys", ask);
    return link.put("path", URI.create(link.getString("url")).getPath());
  }

  private void listenAtTrace() {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%logger %msg %kvp%n%ex{full}");
    encoder.start();
    appender = new OutputStreamAppender<>();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setOutputStream(logged);
    appender.start();
    console = root().getAppender("console");
    root().detachAppender(console);
    root().addAppender(appender);
    root().setLevel(Level.TRACE);
    context.getLoggerList().stream()
        .filter(logger -> logger != root())
        .forEach(logger -> logger.setLevel(null));
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }
}
