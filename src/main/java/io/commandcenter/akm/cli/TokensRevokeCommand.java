package io.commandcenter.akm.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code akm tokens revoke}. */
@Command(
    name = "revoke",
    mixinStandardHelpOptions = true,
    description = "Ends a token and all its descendants at once.")
final class TokensRevokeCommand extends RemoteCommand {
  @Parameters(paramLabel = "ID", description = "The token's id.")
  private String id;

  TokensRevokeCommand(Map<String, String> environment, Screen screen) {
    super(environment, screen);
  }

  @Override
  protected int run(AdminClient api) {
    var answer = api.delete("/tokens/" + TokenPath.of(id));
    if (!forMachines(answer)) {
      screen.line(
          screen.good("ended: ")
              + answer.getString("name")
              + " ("
              + answer.getString("token_id")
              + ") and its descendants");
    }
    return 0;
  }
}
