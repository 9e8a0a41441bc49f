package io.commandcenter.akm.cli;

import io.commandcenter.akm.contract.SealCalls.RekeyProgress;
import io.commandcenter.akm.vault.SealDesk;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;

/** {@code akm rekey data}: waits until it is done, and shows how far it is. */
@Command(
    name = "data",
    mixinStandardHelpOptions = true,
    description = "Seals everything with a new data key while the service serves.")
final class RekeyDataCommand extends RekeyStep {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  RekeyDataCommand(Map<String, String> environment, Screen screen) {
    super(environment, screen);
  }

  @Override
  protected Future<RekeyProgress> step(SealDesk desk) {
    return desk.rekeyDataToTheEnd(BY);
  }

  @Override
  protected int run(AdminClient api) {
    var progress = api.post("/vault/rekey/data", null);
    while (progress.getString("state").equals("running")) {
      draw(progress);
      LockSupport.parkNanos(LOOK_NANOS);
      progress = api.get("/vault/rekey");
    }
    return show(progress);
  }

  private void draw(JsonObject progress) {
    if (!forMachines()) {
      screen.redraw(bar(progress));
    }
  }
}
