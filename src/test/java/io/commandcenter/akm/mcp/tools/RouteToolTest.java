package io.commandcenter.akm.mcp.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Call;
import io.commandcenter.akm.contract.Facts.RouteProgress;
import io.commandcenter.akm.contract.Principal;
import io.commandcenter.akm.contract.RouteRequest;
import io.commandcenter.akm.contract.RouterCalls.CancelRoute;
import io.commandcenter.akm.contract.RouterCalls.Cancelled;
import io.commandcenter.akm.contract.RouterCalls.Decision;
import io.commandcenter.akm.contract.RouterCalls.RouteAnswer;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.core.grants.Grant;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a client hears of a routed request while it runs, and how it gives one up. */
class RouteToolTest {
  private final List<Record> asked = new ArrayList<>();
  private final List<String> reports = new ArrayList<>();
  private final Promise<RouteAnswer> answer = Promise.promise();
  private Runnable stop;
  private Consumer<RouteProgress> hearer;
  private String watched;
  private boolean watching;

  private final Asking bus =
      new Asking() {
        @Override
        public <Q extends Record, A extends Record> Future<A> ask(Call<Q, A> call, Q request) {
          asked.add(request);
          return request instanceof RouteRequest
              ? answer.future().map(call.answer()::cast)
              : Future.succeededFuture(call.answer().cast(new Cancelled(true)));
        }
      };

  private final Progress progress =
      new Progress() {
        @Override
        public void report(double done, Double total, String message) {
          reports.add(done + " of " + total + " " + message);
        }

        @Override
        public void onCancel(Runnable end) {
          assertEquals(1, asked.size(), "the request is asked for first");
          stop = end;
        }
      };

  private Runnable watch(String callId, Consumer<RouteProgress> hears) {
    watched = callId;
    hearer = hears;
    watching = true;
    return () -> watching = false;
  }

  private Future<? extends ToolAnswer> call(JsonObject arguments) {
    var principal = new Principal("tok_1", "test", Scope.CLIENT, false, Grant.ALL);
    return new RouteTool(bus, this::watch, () -> "call_1")
        .call(new ToolCall(arguments, principal, null, progress));
  }

  private Future<? extends ToolAnswer> prompt() {
    return call(new JsonObject().put("task", "chat").put("prompt", "Hello"));
  }

  private static RouteAnswer done() {
    var decision =
        new Decision("dec_1", Instant.EPOCH, "chat", "chat", "priority", null, List.of(), "Why.");
    return new RouteAnswer(
        "req_1", "chat", "Hi", null, "stop", decision, List.of(), null, BigDecimal.ZERO, 1L);
  }

  private void hears(String stage, int attempt, String detail) {
    hearer.accept(
        new RouteProgress("call_1", stage, "openai", "gpt", attempt, 2, detail, Instant.EPOCH));
  }

  @Test
  void tellsHowFarItIs() {
    prompt();
    assertEquals("call_1", watched);
    hears("decided", 0, "Because.");
    hears("trying", 1, "x");
    hears("failed", 1, "timeout: no answer");
    hears("trying", 2, "x");
    hears("failed", 2, "timeout: no answer");
    hears("trying", 3, "x");
    hears("answered", 3, "answered");
    assertEquals(
        List.of(
            "0.0 of 2.0 decided: Because.",
            "0.5 of 2.0 trying openai/gpt (1 of 2)",
            "1.0 of 2.0 openai/gpt failed: timeout: no answer",
            "1.5 of 2.0 trying openai/gpt (2 of 2)",
            "2.0 of 2.0 openai/gpt failed: timeout: no answer",
            "2.5 of null trying openai/gpt once more",
            "3.0 of null openai/gpt answered"),
        reports);
  }

  @Test
  void givesTheRequestUpWithTheClient() {
    prompt();
    stop.run();
    assertEquals(new CancelRoute("call_1", "tok_1"), asked.get(1));
  }

  @Test
  void watchesNoLongerThanItRuns() {
    var told = prompt();
    assertTrue(watching);
    answer.complete(done());
    assertTrue(told.succeeded() && !watching);
    var links = ((ToolAnswer.Told) told.result()).links();
    assertEquals("api://decisions/dec_1", links.get(0).uri());
  }

  @Test
  void aDecisionOnlyIsOverAtOnce() {
    call(new JsonObject().put("task", "chat"));
    assertNull(watched);
    assertNull(((RouteRequest) asked.get(0)).callId());
  }
}
