package io.commandcenter.akm.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code akm import metadata}: a rehearsal unless it is told to apply. */
@Command(
    name = "metadata",
    mixinStandardHelpOptions = true,
    description =
        "Compares an export with the keys that are there; with --apply it makes them say the same.")
final class ImportMetadataCommand extends RemoteCommand {
  @Parameters(paramLabel = "FILE", description = "A file that `akm export` made.")
  private Path file;

  @Option(names = "--apply", description = "Change the keys; without it nothing is changed.")
  private boolean apply;

  private int failed;

  ImportMetadataCommand(Map<String, String> environment, Screen screen) {
    super(environment, screen);
  }

  @Override
  protected int run(AdminClient api) {
    var present = new HashMap<String, JsonObject>();
    var listed = api.get("/keys").getJsonArray("keys");
    for (int i = 0; i < listed.size(); i++) {
      var key = listed.getJsonObject(i);
      if ("sealed".equals(key.getString("source")) && !"revoked".equals(key.getString("state"))) {
        present.put(name(key), key);
      }
    }
    var rows = new JsonArray();
    for (var wanted : KeyMetadata.read(BoundedFile.read(file))) {
      rows.add(compare(api, wanted, present.get(name(wanted))));
    }
    if (!forMachines(new JsonObject().put("keys", rows).put("applied", apply))) {
      print(rows);
    }
    return failed == 0 ? 0 : 1;
  }

  private static String name(JsonObject key) {
    return key.getString("provider") + "/" + key.getString("label");
  }

  private JsonObject compare(AdminClient api, JsonObject wanted, JsonObject there) {
    var row =
        new JsonObject()
            .put("provider", wanted.getString("provider"))
            .put("label", wanted.getString("label"));
    if (there == null) {
      return row.put("result", "no such key").put("note", "needs a page: akm keys add");
    }
    var changes = KeyMetadata.changes(wanted, there);
    note(row, wanted, there);
    if (changes.isEmpty()) {
      return row.put("result", "same");
    }
    row.put("changes", changes);
    return apply ? applied(api, row, changes, there) : row.put("result", "would change");
  }

  private JsonObject applied(
      AdminClient api, JsonObject row, JsonObject changes, JsonObject there) {
    try {
      api.patch("/keys/" + there.getString("key_id"), changes);
      return row.put("result", "changed");
    } catch (IllegalStateException refused) {
      failed++;
      return row.put("result", "failed").put("note", refused.getMessage());
    }
  }

  /** What differs and is not changed by a file: a person decides it. */
  private static void note(JsonObject row, JsonObject wanted, JsonObject there) {
    for (var member : new String[] {"state", "purpose", "fingerprint"}) {
      var value = wanted.getValue(member);
      if (value != null && !value.equals(there.getValue(member))) {
        row.put("note", "its " + member + " is another; a file does not change that");
      }
    }
  }

  private void print(JsonArray rows) {
    var table = new Table().row("provider", "label", "result", "changes", "note");
    for (int i = 0; i < rows.size(); i++) {
      var row = rows.getJsonObject(i);
      var changes = row.getJsonObject("changes");
      table.row(
          row.getString("provider"),
          row.getString("label"),
          row.getString("result"),
          changes == null ? null : changes.encode(),
          row.getString("note"));
    }
    table.print(screen);
    if (!apply) {
      screen.line("Nothing was changed: this was a rehearsal. Add --apply to change it.");
    }
  }
}
