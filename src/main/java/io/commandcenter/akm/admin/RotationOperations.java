package io.commandcenter.akm.admin;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Call;
import io.commandcenter.akm.contract.RotationCalls;
import io.commandcenter.akm.contract.RotationCalls.ChangeRotation;
import io.commandcenter.akm.contract.RotationCalls.FindRotation;
import io.commandcenter.akm.contract.RotationCalls.ListRotations;
import io.commandcenter.akm.contract.RotationCalls.RotationInfo;
import io.vertx.core.Future;
import java.util.Map;

/** The operations on rotations; beginning one is an operation on its key. */
final class RotationOperations {
  private final Asking bus;

  RotationOperations(Asking bus) {
    this.bus = bus;
  }

  Map<String, Action> table() {
    return Map.of(
        "listRotations",
        this::list,
        "getRotation",
        this::find,
        "cancelRotation",
        call -> changed(RotationCalls.CANCEL, call),
        "advanceRotation",
        call -> changed(RotationCalls.ADVANCE, call));
  }

  private Future<Answer> list(AdminCall call) {
    var limit = call.number("limit");
    var ask = new ListRotations(call.inQuery("key_id"), limit == null ? null : limit.intValue());
    return bus.ask(RotationCalls.LIST, ask).map(Answer::ok);
  }

  private Future<Answer> find(AdminCall call) {
    var ask = new FindRotation(call.inPath("rotation_id"), null);
    return bus.ask(RotationCalls.STATUS, ask).map(Answer::ok);
  }

  private Future<Answer> changed(Call<ChangeRotation, RotationInfo> how, AdminCall call) {
    var ask = new ChangeRotation(call.inPath("rotation_id"), call.by().id());
    return bus.ask(how, ask).map(Answer::ok);
  }
}
