package io.commandcenter.akm.cli;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code akm tokens mint}. */
@Command(
    name = "mint",
    mixinStandardHelpOptions = true,
    description = "Makes a token; needs an admin token without limits. It is shown once.")
final class TokensMintCommand extends RemoteCommand {
  @Parameters(paramLabel = "NAME", description = "What it is for.")
  private String name;

  @Option(names = "--scope", required = true, description = "admin, operator, client or read-only.")
  private String scope;

  @Option(names = "--expires-at", description = "Its end, for example 2027-01-01T00:00:00Z.")
  private Instant expiresAt;

  @Mixin private TokenLimitOptions limits;

  TokensMintCommand(Map<String, String> environment, Screen screen) {
    super(environment, screen);
  }

  @Override
  protected int run(AdminClient api) {
    var body = new JsonObject().put("name", name).put("scope", scope);
    TokenLimitOptions.put(body, "expires_at", expiresAt == null ? null : expiresAt.toString());
    limits.into(body);
    var answer = api.post("/tokens", body);
    if (!forMachines(answer)) {
      TokenWords.minted(answer, screen);
    }
    return 0;
  }
}
