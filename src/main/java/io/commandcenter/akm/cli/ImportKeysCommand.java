package io.commandcenter.akm.cli;

import io.commandcenter.akm.cli.ImportReport.Result;
import io.commandcenter.akm.cli.KeyImport.Wish;
import io.commandcenter.akm.config.ConfigLoader;
import io.commandcenter.akm.core.crypto.Secret;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** An import of keys: found by the subclass, sent one by one, reported. Nothing is deleted. */
abstract class ImportKeysCommand extends RemoteCommand {
  protected final ImportReport report = new ImportReport();

  @Option(
      names = "--label",
      defaultValue = "imported",
      description = "The new keys' label; ${DEFAULT-VALUE} if not given.")
  private String label;

  @Option(names = "--provider", description = "Take this provider's keys only.")
  private String provider;

  @Option(names = "--validate", description = "Ask each provider, free, whether it takes its key.")
  private boolean validate;

  @Option(names = "--dry-run", description = "Say what would be taken; send nothing.")
  private boolean dryRun;

  @Option(
      names = "--rotate",
      description = "Where the label is there already, put the key in as its next version.")
  private boolean rotate;

  protected ImportKeysCommand(Map<String, String> environment, Screen screen) {
    super(environment, screen);
  }

  /** The keys that are there to take, and what is not, with the reason. */
  protected abstract List<FoundKey> find(ProviderMatch providers);

  /** Where they still are, for example {@code the file .env}. */
  protected abstract String origin();

  @Override
  protected int run(AdminClient api) {
    refuseOpenNetwork();
    var routing = ConfigLoader.load(environment(), LocalDate.now(ZoneOffset.UTC)).routing();
    var found = find(new ProviderMatch(routing));
    var importing = new KeyImport(api, new Wish(label, provider, rotate, validate, dryRun));
    found.forEach(key -> report.add(importing.take(key)));
    if (!forMachines(report.json())) {
      report.print(screen);
      conclude();
    }
    return report.count(Result.FAILED) == 0 ? 0 : 1;
  }

  /** One key may be for several providers. */
  protected static Stream<FoundKey> matched(String source, Secret key, ProviderMatch.Match match) {
    return match.providers().isEmpty()
        ? Stream.of(FoundKey.unfit(source, key, match.reason()))
        : match.providers().stream()
            .map(provider -> FoundKey.of(source, provider, copyOf(key, match)));
  }

  // Each is wiped once it is sent.
  private static Secret copyOf(Secret key, ProviderMatch.Match match) {
    return match.providers().size() == 1 ? key : key.copy();
  }

  private void conclude() {
    var taken = report.count(Result.TAKEN, Result.ROTATED);
    if (dryRun) {
      screen.line("Nothing was sent: this was a rehearsal.");
    } else if (taken > 0) {
      screen.line(
          screen.good(taken + " taken.")
              + " They are still in "
              + origin()
              + " as well: remove them there now, and from its copies.");
    } else {
      screen.line("Nothing was taken.");
    }
  }

  /** The keys travel in the request: over a network only under TLS. */
  private void refuseOpenNetwork() {
    var url = URI.create(url());
    if ("https".equals(url.getScheme())
        || isLoopback(url.getHost())
        || "true".equals(environment().get("AKM_ALLOW_INSECURE_BIND"))) {
      return;
    }
    throw new IllegalStateException(
        "keys would travel unencrypted to "
            + url
            + "; use https, or run this on the machine of the service");
  }

  private static boolean isLoopback(String host) {
    try {
      return host != null && InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
