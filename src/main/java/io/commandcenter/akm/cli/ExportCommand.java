package io.commandcenter.akm.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code akm export}: what is said of the keys. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description =
        "Writes what is said of the keys (labels, owners, tags, dates) as JSON: no key, no"
            + " ciphertext, no token.")
final class ExportCommand extends RemoteCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The file to make; the screen if not given.")
  private Path file;

  @Option(names = "--force", description = "Replace the file if it is there.")
  private boolean force;

  ExportCommand(Map<String, String> environment, Screen screen) {
    super(environment, screen);
  }

  @Override
  protected int run(AdminClient api) {
    var keys = new JsonArray();
    var listed = api.get("/keys").getJsonArray("keys");
    for (int i = 0; i < listed.size(); i++) {
      var key = listed.getJsonObject(i);
      // Keys of the environment are said there, and of a revoked one nothing is left to say.
      if ("sealed".equals(key.getString("source")) && !"revoked".equals(key.getString("state"))) {
        keys.add(KeyMetadata.of(key));
      }
    }
    var export =
        new JsonObject()
            .put("format", KeyMetadata.FORMAT)
            .put("exported_at", Instant.now().toString())
            .put("keys", keys);
    if (file == null) {
      screen.line(export.encodePrettily());
      return 0;
    }
    write(export);
    if (!forMachines(new JsonObject().put("file", file.toString()).put("keys", keys.size()))) {
      screen.line(screen.good(keys.size() + " keys are described in " + file + "."));
    }
    return 0;
  }

  private void write(JsonObject export) {
    try (var made = NewFile.create(file, force)) {
      Files.writeString(made.path(), export.encodePrettily() + "\n");
      made.keep();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
