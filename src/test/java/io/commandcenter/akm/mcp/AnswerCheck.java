package io.commandcenter.akm.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.testkit.MarkSearch;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.TreeMap;

/** Looks at what malformed messages were answered with: errors of JSON-RPC, nothing else. */
final class AnswerCheck {
  private static final List<String> INSIDE =
      List.of("Exception", "io.commandcenter", "io.vertx", "com.fasterxml", "java.", "\tat ");

  private final MarkSearch answered;
  final TreeMap<String, Integer> outcomes = new TreeMap<>();

  /**
   * @param mark must not be in any answer
   */
  AnswerCheck(String mark) {
    answered = new MarkSearch(mark);
  }

  /**
   * @param type of its content
   */
  record Answer(int status, String type, String text) {}

  List<String> marks() {
    return answered.found();
  }

  void look(Buffer body, Answer answer) {
    answered.look(answer.text());
    var said = "%s %s for %s".formatted(answer.status(), answer.text(), body);
    for (var word : INSIDE) {
      assertFalse(answer.text().contains(word), said);
    }
    assertTrue(answer.status() < 500, said);
    if (answer.status() == 202) {
      assertEquals("", answer.text(), said);
      count("202");
    } else if ("text/event-stream".equals(answer.type())) {
      answer
          .text()
          .lines()
          .filter(line -> line.startsWith("data: {"))
          .forEach(line -> lookAtMessage(body, line.substring("data: ".length()), said));
      count("stream");
    } else {
      assertEquals("application/json", answer.type(), said);
      lookAtMessage(body, answer.text(), said);
    }
  }

  private void lookAtMessage(Buffer body, String text, String said) {
    var message = new JsonObject(text);
    assertEquals("2.0", message.getString("jsonrpc"), said);
    if (message.containsKey("method")) {
      return;
    }
    assertTrue(message.containsKey("id"), said);
    assertTrue(message.containsKey("result") != message.containsKey("error"), said);
    if (message.getValue("id") != null) {
      assertEquals(members(body).getValue("id"), message.getValue("id"), said);
    }
    if (message.getValue("error") instanceof JsonObject error) {
      assertTrue(error.getValue("code") instanceof Integer, said);
      assertTrue(error.getString("message").length() < 500, said);
      count(error.getInteger("code").toString());
    } else {
      assertTrue(message.getValue("id") != null, said);
      count("result");
    }
  }

  private synchronized void count(String outcome) {
    outcomes.merge(outcome, 1, Integer::sum);
  }

  /** Empty if it is no object. */
  static JsonObject members(Buffer body) {
    try {
      return new JsonObject(body.toString());
    } catch (DecodeException | ClassCastException malformed) {
      return new JsonObject();
    }
  }
}
