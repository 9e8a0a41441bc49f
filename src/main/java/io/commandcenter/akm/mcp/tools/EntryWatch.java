package io.commandcenter.akm.mcp.tools;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.EntryCalls;
import io.commandcenter.akm.contract.EntryCalls.AskEntry;
import io.commandcenter.akm.contract.EntryCalls.EntryStatus;
import io.commandcenter.akm.contract.Scope;
import io.vertx.core.Future;
import java.time.Duration;

/** Looks every second what has become of a one-time page, until it is over or time is. */
final class EntryWatch {
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  private final Asking bus;
  private final Pause pause;
  private final ToolCall call;
  private final String entryId;
  private final int seconds;
  private volatile boolean cancelled;

  /**
   * @param seconds how long to look; 0 for once
   */
  EntryWatch(Asking bus, Pause pause, ToolCall call, String entryId, int seconds) {
    this.bus = bus;
    this.pause = pause;
    this.call = call;
    this.entryId = entryId;
    this.seconds = seconds;
  }

  /** As the page was last; {@code open} if nobody has entered a key in time. */
  Future<EntryStatus> end() {
    call.progress().onCancel(() -> cancelled = true);
    return look(0);
  }

  private Future<EntryStatus> look(int passed) {
    return ask()
        .compose(
            status -> {
              if (cancelled || passed >= seconds || !status.state().equals("open")) {
                return Future.succeededFuture(status);
              }
              call.progress()
                  .report(passed, (double) seconds, "waiting for the key on the one-time page");
              return pause.of(BETWEEN).compose(v -> look(passed + 1));
            });
  }

  private Future<EntryStatus> ask() {
    var everybodys = call.principal().scope().includes(Scope.ADMIN);
    return bus.ask(EntryCalls.STATUS, new AskEntry(entryId, call.by(), everybodys));
  }
}
