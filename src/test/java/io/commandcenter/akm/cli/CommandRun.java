package io.commandcenter.akm.cli;

import io.commandcenter.akm.testkit.RunningService;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** One run of a command: its exit code and what it said. */
public record CommandRun(int code, String said) {

  public static CommandRun of(Map<String, String> environment, String... arguments) {
    var out = new ByteArrayOutputStream();
    int code =
        AkmCommand.run(
            arguments,
            (vertx, configuration, env) -> Future.failedFuture(new AssertionError("not to start")),
            environment,
            new Screen(new PrintStream(out, true, StandardCharsets.UTF_8), false));
    return new CommandRun(code, out.toString(StandardCharsets.UTF_8));
  }

  /** Against a running service, as its admin. */
  public static CommandRun on(RunningService akm, String... arguments) {
    return on(akm, Map.of(), arguments);
  }

  static CommandRun on(RunningService akm, Map<String, String> more, String... arguments) {
    var environment = new HashMap<>(more);
    environment.put("AKM_URL", akm.url());
    environment.put("AKM_TOKEN", RunningService.TOKEN);
    return of(environment, arguments);
  }

  /** What it said, which is what a failed assertion should show. */
  public JsonObject json() {
    return new JsonObject(said);
  }
}
