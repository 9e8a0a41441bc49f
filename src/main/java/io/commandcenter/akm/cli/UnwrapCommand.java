package io.commandcenter.akm.cli;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code akm unwrap}: the key that a wrapped token stands for, to standard output or a file. */
@Command(
    name = "unwrap",
    mixinStandardHelpOptions = true,
    description = {
      "Turns a wrapped token into the key, once: KEY=$(akm unwrap < token).",
      "The token is read from $AKM_WRAP_TOKEN, else from standard input: a command line is seen by"
          + " everybody on the machine."
    })
final class UnwrapCommand extends RemoteCommand {
  private static final String VARIABLE = "AKM_WRAP_TOKEN";

  private final InputStream in;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the key to a new file that only you can read, and print nothing.")
  private Path out;

  UnwrapCommand(Map<String, String> environment, Screen screen, InputStream in) {
    super(environment, screen);
    this.in = in;
  }

  @Override
  protected int run(AdminClient api) {
    // Before the token is used up: a file that cannot be made must not cost the key.
    var file = out == null ? null : create(out);
    var body = new JsonObject().put("wrap_token", token());
    JsonObject answer;
    try {
      answer = api.bytes(HttpMethod.POST, "/unwrap", body).toJsonObject();
    } catch (IllegalStateException refused) {
      delete(file);
      throw refused;
    }
    if (file != null) {
      write(file, answer.getString("key"));
    } else if (!forMachines(answer)) {
      screen.line(answer.getString("key"));
    }
    return 0;
  }

  private String token() {
    var given = environment().get(VARIABLE);
    if (given != null && !given.isBlank()) {
      return given.strip();
    }
    try {
      var line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
      if (line == null || line.isBlank()) {
        throw new IllegalStateException(
            "there is no wrapped token: set " + VARIABLE + " or give it on standard input");
      }
      return line.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path create(Path file) {
    var owner = PosixFilePermissions.fromString("rw-------");
    try {
      return Files.createFile(file, PosixFilePermissions.asFileAttribute(owner));
    } catch (FileAlreadyExistsException e) {
      throw new IllegalStateException(file + " is there already; name a new file");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + file, e);
    }
  }

  private static void write(Path file, String key) {
    try (var channel = Files.newByteChannel(file, Set.of(StandardOpenOption.WRITE))) {
      channel.write(ByteBuffer.wrap(key.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static void delete(Path file) {
    try {
      if (file != null) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file, e);
    }
  }
}
