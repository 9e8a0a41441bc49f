package io.commandcenter.akm.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Calls of the echo, each with a text of its own that has to come back, given out in turn. Used on
 * one thread at a time.
 */
final class McpQuestions implements Supplier<Question> {
  /** So many that no session is asked again with an id that is still being answered. */
  private static final int IN_A_SESSION = 4;

  private final List<Question> questions;
  private int next;

  private McpQuestions(List<Question> questions) {
    this.questions = List.copyOf(questions);
  }

  /** Opens the sessions first. */
  static McpQuestions inSessions(Vertx vertx, McpEndpoint endpoint, int sessions) {
    var client = new McpClient(vertx, endpoint);
    var opened = new ArrayList<Future<String>>();
    for (int i = 0; i < sessions; i++) {
      opened.add(client.open());
    }
    Future.all(opened).compose(all -> client.close()).await();
    return inSessions(endpoint, opened.stream().map(Future::result).toList());
  }

  static McpQuestions inSessions(McpEndpoint endpoint, List<String> sessions) {
    return of(
        sessions.size() * IN_A_SESSION,
        i -> {
          var session = sessions.get(i % sessions.size());
          return endpoint.call(session, 10 + i, McpEcho.NAME, said(i), text(i));
        });
  }

  static McpQuestions stateless(McpEndpoint endpoint, int count) {
    return of(count, i -> endpoint.statelessCall(10 + i, McpEcho.NAME, said(i), text(i)));
  }

  static McpQuestions of(int count, IntFunction<Question> question) {
    var questions = new ArrayList<Question>();
    for (int i = 0; i < count; i++) {
      questions.add(question.apply(i));
    }
    return new McpQuestions(questions);
  }

  private static JsonObject said(int i) {
    return new JsonObject().put("text", text(i)).put("times", 3);
  }

  private static String text(int i) {
    return "~%05d: the quick brown fox jumps over the lazy dog".formatted(i);
  }

  @Override
  public Question get() {
    var question = questions.get(next);
    next = next + 1 == questions.size() ? 0 : next + 1;
    return question;
  }
}
