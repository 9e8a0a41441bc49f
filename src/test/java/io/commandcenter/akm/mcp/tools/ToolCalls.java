package io.commandcenter.akm.mcp.tools;

import io.commandcenter.akm.contract.Principal;
import io.commandcenter.akm.contract.Scope;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Calls of a tool without a protocol around it. */
final class ToolCalls {
  static final Principal OPERATOR = new Principal("tok_1", "one", Scope.OPERATOR);

  private ToolCalls() {}

  static ToolCall of(JsonObject arguments, Person.Reply reply, Progress progress) {
    return new ToolCall(arguments, OPERATOR, new Asked(reply), progress);
  }

  /** A person that can be asked. */
  record Asked(Reply reply) implements Person {
    @Override
    public boolean canBeAsked() {
      return true;
    }
  }

  /** Keeps what it is told, and cancels when a test says so. */
  static final class Heard implements Progress {
    final List<String> messages = new CopyOnWriteArrayList<>();
    final List<Double> done = new CopyOnWriteArrayList<>();
    volatile Double total;
    private volatile Runnable stop = () -> {};

    @Override
    public void report(double steps, Double of, String message) {
      done.add(steps);
      total = of;
      messages.add(message);
    }

    @Override
    public void onCancel(Runnable runnable) {
      stop = runnable;
    }

    void cancel() {
      stop.run();
    }
  }
}
