package io.commandcenter.akm.cli;

import io.commandcenter.akm.core.crypto.EnvFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code akm import env-file}. */
@Command(
    name = "env-file",
    mixinStandardHelpOptions = true,
    description = "Takes the providers' keys from a .env file.")
final class ImportEnvFileCommand extends ImportKeysCommand {
  @Parameters(paramLabel = "FILE", description = "The file, for example .env.")
  private Path file;

  ImportEnvFileCommand(Map<String, String> environment, Screen screen) {
    super(environment, screen);
  }

  @Override
  protected List<FoundKey> find(ProviderMatch providers) {
    var bytes = BoundedFile.read(file);
    EnvFile read;
    try {
      read = EnvFile.parse(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
    BoundedFile.warning(file).ifPresent(report::warn);
    var found = new ArrayList<FoundKey>();
    for (var variable : read.variables()) {
      matched(variable.name(), variable.value(), providers.ofVariable(variable.name()))
          .forEach(found::add);
    }
    for (var fault : read.faults()) {
      found.add(
          FoundKey.unfit(
              fault.name() == null ? "line " + fault.line() : fault.name(), null, fault.reason()));
    }
    return found;
  }

  @Override
  protected String origin() {
    return "the file " + file;
  }
}
