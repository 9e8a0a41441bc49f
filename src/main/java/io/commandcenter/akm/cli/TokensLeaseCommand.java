package io.commandcenter.akm.cli;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code akm tokens lease}. */
@Command(
    name = "lease",
    mixinStandardHelpOptions = true,
    description =
        "Makes a child of the token in use, for an agent: never wider than its parent, and ended"
            + " with it. It is shown once.")
final class TokensLeaseCommand extends RemoteCommand {
  @Parameters(paramLabel = "NAME", description = "Who gets it.")
  private String name;

  @Option(
      names = "--ttl",
      converter = Seconds.class,
      description = "How long it lives: 90s, 15m, 8h or 30d; an hour by default.")
  private Long ttl;

  @Option(
      names = "--scope",
      description = "Its scope; client by default, never above the parent's.")
  private String scope;

  @Mixin private TokenLimitOptions limits;

  TokensLeaseCommand(Map<String, String> environment, Screen screen) {
    super(environment, screen);
  }

  @Override
  protected int run(AdminClient api) {
    var body = new JsonObject().put("name", name);
    TokenLimitOptions.put(body, "ttl_seconds", ttl);
    TokenLimitOptions.put(body, "scope", scope);
    limits.into(body);
    var answer = api.post("/tokens/children", body);
    if (!forMachines(answer)) {
      TokenWords.minted(answer, screen);
    }
    return 0;
  }
}
