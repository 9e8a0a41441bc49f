package io.commandcenter.akm.admin;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.SealCalls;
import io.commandcenter.akm.contract.SealCalls.Rekey;
import io.commandcenter.akm.contract.SealCalls.ShowRekey;
import io.commandcenter.akm.contract.SealCalls.ShowSeal;
import java.util.Map;

/** The operations on the vault's seal; none takes a path or a key. */
final class SealOperations {
  private final Asking bus;

  SealOperations(Asking bus) {
    this.bus = bus;
  }

  Map<String, Action> table() {
    return Map.of(
        "getSeal", call -> bus.ask(SealCalls.STATUS, new ShowSeal()).map(Answer::ok),
        "getRekey", call -> bus.ask(SealCalls.PROGRESS, new ShowRekey()).map(Answer::ok),
        "rekeyMaster", call -> bus.ask(SealCalls.REKEY_MASTER, by(call)).map(Answer::ok),
        "confirmRekey", call -> bus.ask(SealCalls.CONFIRM, by(call)).map(Answer::ok),
        "rekeyData", call -> bus.ask(SealCalls.REKEY_DATA, by(call)).map(Answer::accepted));
  }

  private static Rekey by(AdminCall call) {
    return new Rekey(call.by().id());
  }
}
