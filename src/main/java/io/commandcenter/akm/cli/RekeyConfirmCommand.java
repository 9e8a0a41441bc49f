package io.commandcenter.akm.cli;

import io.commandcenter.akm.contract.SealCalls.RekeyProgress;
import io.commandcenter.akm.vault.SealDesk;
import io.vertx.core.Future;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code akm rekey confirm}. */
@Command(
    name = "confirm",
    mixinStandardHelpOptions = true,
    description = "Ends the old master key, once the server is given the new one.")
final class RekeyConfirmCommand extends RekeyStep {
  RekeyConfirmCommand(Map<String, String> environment, Screen screen) {
    super(environment, screen);
  }

  @Override
  protected Future<RekeyProgress> step(SealDesk desk) {
    return desk.confirm(BY);
  }

  @Override
  protected int run(AdminClient api) {
    return show(api.post("/vault/rekey/confirm", null));
  }
}
