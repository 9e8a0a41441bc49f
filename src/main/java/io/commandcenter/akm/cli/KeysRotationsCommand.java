package io.commandcenter.akm.cli;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code akm keys rotations}. */
@Command(
    name = "rotations",
    mixinStandardHelpOptions = true,
    description = "Lists the rotations, newest first; cancels or advances one.")
final class KeysRotationsCommand extends RemoteCommand {
  @Option(
      names = "--cancel",
      paramLabel = "ID",
      description = "Roll this one back by hand; the old version is current again.")
  private String cancel;

  @Option(names = "--advance", paramLabel = "ID", description = "Take this one's next stage now.")
  private String advance;

  KeysRotationsCommand(Map<String, String> environment, Screen screen) {
    super(environment, screen);
  }

  @Override
  protected int run(AdminClient api) {
    if (cancel != null && advance != null) {
      throw new IllegalStateException("give --cancel or --advance, and not both");
    }
    if (cancel != null || advance != null) {
      var path = cancel != null ? cancel + "/cancel" : advance + "/advance";
      var changed = api.post("/rotations/" + path, null);
      if (!forMachines(changed)) {
        screen.line(RotationProgress.words(changed, screen));
      }
      return 0;
    }
    var answer = api.get("/rotations");
    if (forMachines(answer)) {
      return 0;
    }
    var table =
        new Table().row("id", "key", "versions", "stage", "check", "reason", "by", "changed");
    var rotations = answer.getJsonArray("rotations");
    for (int i = 0; i < rotations.size(); i++) {
      row(table, rotations.getJsonObject(i));
    }
    table.printList(screen);
    return 0;
  }

  private void row(Table table, JsonObject rotation) {
    var state = rotation.getString("state");
    var to = rotation.getInteger("to_version");
    table.row(
        rotation.getString("rotation_id"),
        rotation.getString("provider") + "/" + rotation.getString("label"),
        rotation.getInteger("from_version") + " -> " + (to == null ? "?" : to),
        RotationProgress.isBad(rotation) ? screen.bad(state) : screen.good(state),
        rotation.getString("verdict"),
        rotation.getString("reason"),
        rotation.getString("by"),
        rotation.getString("changed_at"));
  }
}
