package io.commandcenter.akm.admin;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.EntryCalls;
import io.commandcenter.akm.contract.EntryCalls.AskEntry;
import io.commandcenter.akm.contract.Scope;
import io.vertx.core.Future;
import java.util.Map;

/** What became of one-time pages. */
final class EntryOperations {
  private final Asking bus;

  EntryOperations(Asking bus) {
    this.bus = bus;
  }

  Map<String, Action> table() {
    return Map.of("getEntry", this::find);
  }

  private Future<Answer> find(AdminCall call) {
    var everybodys = call.by().scope().includes(Scope.ADMIN);
    var ask = new AskEntry(call.inPath("entry_id"), call.by().id(), everybodys);
    return bus.ask(EntryCalls.STATUS, ask).map(Answer::ok);
  }
}
