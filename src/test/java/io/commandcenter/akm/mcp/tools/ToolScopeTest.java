package io.commandcenter.akm.mcp.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Call;
import io.vertx.core.Future;
import org.junit.jupiter.api.Test;

class ToolScopeTest {
  private static final Asking NOBODY =
      new Asking() {
        @Override
        public <Q extends Record, A extends Record> Future<A> ask(Call<Q, A> call, Q request) {
          return Future.failedFuture("nobody is asked");
        }
      };

  /** Seen failing with the check in ToolCard left out: the tool was served to everybody. */
  @Test
  void aToolWithoutAScopeKeepsTheServerFromStarting() {
    var refusal =
        assertThrows(
            IllegalStateException.class,
            () ->
                new ToolCard(
                    "naked",
                    "Naked",
                    "Does something.",
                    null,
                    RouteSchemas.input(),
                    RouteSchemas.output(),
                    ToolCard.Hints.READ));
    assertEquals("tool naked declares no scope", refusal.getMessage());
  }

  @Test
  void everyToolDeclaresOne() {
    Tools.all(SomeNeeds.with(NOBODY))
        .forEach(tool -> assertNotNull(tool.card().scope(), tool.card().name()));
  }
}
