package io.commandcenter.akm.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code akm health}: for the image's HEALTHCHECK, which has no curl. */
@Command(
    name = "health",
    mixinStandardHelpOptions = true,
    description = "Asks the running service for its health; exit code 0 if it is well.")
final class HealthCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final Screen screen;

  @Option(names = "--url", description = "Base URL; by default the local port of AKM_PORT or 7070.")
  private URI url;

  @Option(names = "--live", description = "Ask only whether the process lives.")
  private boolean live;

  HealthCommand(Map<String, String> environment, Screen screen) {
    this.environment = environment;
    this.screen = screen;
  }

  @Override
  public Integer call() throws InterruptedException {
    var base =
        url == null
            ? "http://127.0.0.1:" + environment.getOrDefault("AKM_PORT", "7070")
            : url.toString();
    var request =
        HttpRequest.newBuilder(URI.create(base + (live ? "/health/live" : "/health/ready")))
            .timeout(Duration.ofSeconds(5))
            .build();
    var client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();
    try {
      var answer = client.send(request, BodyHandlers.ofString());
      screen.line(answer.body());
      return answer.statusCode() == 200 ? 0 : 1;
    } catch (IOException e) {
      screen.line("no answer from " + base + ": is the service running?");
      return 1;
    }
  }
}
