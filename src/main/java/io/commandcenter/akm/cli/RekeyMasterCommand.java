package io.commandcenter.akm.cli;

import io.commandcenter.akm.contract.SealCalls.RekeyProgress;
import io.commandcenter.akm.vault.SealDesk;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code akm rekey master}. */
@Command(
    name = "master",
    mixinStandardHelpOptions = true,
    description =
        "Exchanges the master key; the old one opens the vault too until `akm rekey confirm`.")
final class RekeyMasterCommand extends RekeyStep {
  @Spec private CommandSpec spec;

  @Option(
      names = "--new-key-file",
      description = "With --offline: the new key, for a key that does not come from a key file.")
  private Path newKeyFile;

  @Option(names = "--new-passphrase-file", description = "With --offline: the new passphrase.")
  private Path newPassphraseFile;

  RekeyMasterCommand(Map<String, String> environment, Screen screen) {
    super(environment, screen);
  }

  @Override
  protected int runOffline() {
    if (newKeyFile != null && newPassphraseFile != null) {
      throw new ParameterException(spec.commandLine(), "name a new key or a new passphrase");
    }
    return super.runOffline();
  }

  @Override
  protected Future<RekeyProgress> step(SealDesk desk) {
    if (newKeyFile == null && newPassphraseFile == null) {
      return desk.rekeyMaster(BY);
    }
    var passphrase = newPassphraseFile != null;
    return desk.rekeyMaster(BY, passphrase ? newPassphraseFile : newKeyFile, passphrase);
  }

  @Override
  protected int run(AdminClient api) {
    if (newKeyFile != null || newPassphraseFile != null) {
      throw new ParameterException(
          spec.commandLine(), "the service takes no key: stop it and add --offline");
    }
    return show(api.post("/vault/rekey/master", null));
  }
}
