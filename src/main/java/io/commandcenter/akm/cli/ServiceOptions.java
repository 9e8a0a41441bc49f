package io.commandcenter.akm.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where the running service is, and the token to show there. */
final class ServiceOptions {
  private final Map<String, String> environment;

  @Option(
      names = "--url",
      description =
          "Base URL of the service; by default $AKM_URL, else the local port of AKM_PORT.")
  private URI givenUrl;

  @Option(
      names = "--token-file",
      description =
          "File with an access token; by default $AKM_TOKEN, else the data directory's"
              + " bootstrap.token.")
  private Path tokenFile;

  ServiceOptions(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** Without a trailing slash. */
  String url() {
    var given = givenUrl == null ? environment.get("AKM_URL") : givenUrl.toString();
    return given == null
        ? "http://127.0.0.1:" + environment.getOrDefault("AKM_PORT", "7070")
        : given.replaceAll("/+$", "");
  }

  /** IllegalStateException if there is none. */
  String token() {
    var token = environment.get("AKM_TOKEN");
    if (tokenFile == null && token != null && !token.isBlank()) {
      return token.strip();
    }
    var file =
        tokenFile == null
            ? Path.of(environment.getOrDefault("AKM_DATA", "data"), "bootstrap.token")
            : tokenFile;
    if (!Files.isReadable(file)) {
      throw new IllegalStateException(
          "there is no access token: set AKM_TOKEN or name a file with --token-file");
    }
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
