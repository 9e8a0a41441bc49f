package io.commandcenter.akm.cli;

import io.commandcenter.akm.core.crypto.FernetFile;
import io.commandcenter.akm.core.crypto.FernetFile.Outcome;
import io.commandcenter.akm.core.crypto.FernetKey;
import io.commandcenter.akm.core.crypto.Secret;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code akm import fernet}. */
@Command(
    name = "fernet",
    mixinStandardHelpOptions = true,
    description =
        "Takes keys from a JSON file {\"keys\":{provider: key}} under Fernet, whose key is"
            + " PBKDF2-HMAC-SHA256 (100,000 rounds) of a secret and a salt.")
final class ImportFernetCommand extends ImportKeysCommand {
  @Parameters(paramLabel = "FILE", description = "The encrypted file.")
  private Path file;

  @Option(
      names = "--secret-file",
      description = "File with the secret; asked for on a terminal if not given.")
  private Path secretFile;

  @Option(names = "--salt", description = "The salt, as text.")
  private String salt;

  @Option(names = "--salt-file", description = "File with the salt.")
  private Path saltFile;

  ImportFernetCommand(Map<String, String> environment, Screen screen) {
    super(environment, screen);
  }

  @Override
  protected List<FoundKey> find(ProviderMatch providers) {
    var bytes = BoundedFile.read(file);
    try {
      BoundedFile.warning(file).ifPresent(report::warn);
      return found(FernetFile.read(bytes, key()), providers);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private List<FoundKey> found(Outcome outcome, ProviderMatch providers) {
    if (outcome instanceof Outcome.WrongSecret) {
      throw new IllegalStateException(
          "the secret or the salt is not the one that " + file + " was encrypted with");
    }
    if (!(outcome instanceof Outcome.Opened opened)) {
      throw new IllegalStateException(
          file + " is no Fernet key file: neither a token nor a JSON object with `keys`");
    }
    var found = new ArrayList<FoundKey>();
    for (var entry : opened.entries()) {
      matched(entry.provider(), entry.key(), providers.ofName(entry.provider()))
          .forEach(found::add);
    }
    for (var fault : opened.faults()) {
      found.add(FoundKey.unfit(fault.provider(), null, fault.reason()));
    }
    return found;
  }

  private FernetKey key() {
    try (var secret = secret()) {
      return FernetKey.derived(secret, salt());
    }
  }

  private Secret secret() {
    if (secretFile == null) {
      return typed("Secret: ", "--secret-file");
    }
    BoundedFile.warning(secretFile).ifPresent(report::warn);
    var bytes = BoundedFile.read(secretFile);
    try {
      return Secret.of(line(bytes));
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** Never shown: a shoulder or a scrollback would keep it. */
  private static Secret typed(String question, String instead) {
    var console = System.console();
    if (console == null) {
      throw new IllegalStateException("there is no terminal to ask on: give " + instead);
    }
    var typed = console.readPassword(question);
    if (typed == null || typed.length == 0) {
      throw new IllegalStateException("nothing was typed; try again");
    }
    var encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(typed));
    var bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    try {
      return Secret.of(bytes);
    } finally {
      Arrays.fill(typed, '\0');
      Arrays.fill(bytes, (byte) 0);
      Arrays.fill(encoded.array(), (byte) 0);
    }
  }

  private byte[] salt() {
    if (salt != null && saltFile != null) {
      throw new IllegalStateException("give --salt or --salt-file, not both");
    }
    if (saltFile != null) {
      return line(BoundedFile.read(saltFile));
    }
    if (salt != null) {
      return salt.getBytes(StandardCharsets.UTF_8);
    }
    var console = System.console();
    if (console == null) {
      throw new IllegalStateException("there is no terminal to ask on: give --salt or --salt-file");
    }
    return String.valueOf(console.readLine("Salt: ")).getBytes(StandardCharsets.UTF_8);
  }

  /** Without the line feed that editors put at the end. */
  private static byte[] line(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
      end--;
    }
    return Arrays.copyOf(bytes, end);
  }

  @Override
  protected String origin() {
    return "the file " + file;
  }
}
