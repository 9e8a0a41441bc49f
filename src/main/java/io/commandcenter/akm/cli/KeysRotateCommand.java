package io.commandcenter.akm.cli;

import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code akm keys rotate}: the key itself never stands on the command line. */
@Command(
    name = "rotate",
    mixinStandardHelpOptions = true,
    description =
        "Puts a new version in place of a key while requests go on. Without --env-var it prints a"
            + " one-time page on which a person enters the new key.")
final class KeysRotateCommand extends RemoteCommand {
  @Parameters(paramLabel = "ID|PROVIDER/LABEL", description = "The key to rotate.")
  private String key;

  @Option(
      names = "--env-var",
      description = "A variable of the service's environment that holds the new key.")
  private String envVar;

  @Option(names = "--mint", description = "Have the provider's configured minter make the new key.")
  private boolean isMinted;

  @Option(
      names = "--canary-percent",
      description = "Share of the key's requests that try the new version first; 0 for none.")
  private Integer canaryPercent;

  @Option(
      names = "--grace-seconds",
      description = "How long the old version is kept after the shift.")
  private Long graceSeconds;

  @Option(
      names = "--rotation-id",
      description = "Names the rotation, so that a repeated call begins no second one.")
  private String rotationId;

  @Option(names = "--wait", description = "Wait for the end and show the stages.")
  private boolean isWaiting;

  KeysRotateCommand(Map<String, String> environment, Screen screen) {
    super(environment, screen);
  }

  @Override
  protected int run(AdminClient api) {
    var body = new JsonObject();
    put(body, "env_var", envVar);
    put(body, "mint", isMinted ? true : null);
    put(body, "canary_percent", canaryPercent);
    put(body, "grace_seconds", graceSeconds);
    put(body, "rotation_id", rotationId);
    var answer = api.post("/keys/" + path(keyId(api)) + "/rotate", body);
    var page = answer.getString("url");
    if (page == null && isWaiting) {
      return wait(api, answer.getString("rotation_id"));
    }
    if (!forMachines(answer)) {
      show(answer);
    }
    if (page != null) {
      return isWaiting ? wait(api, rotationOf(answer.getString("entry_id"))) : 0;
    }
    return RotationProgress.isBad(answer) ? 1 : 0;
  }

  private void show(JsonObject answer) {
    var page = answer.getString("url");
    if (page == null) {
      screen.line(RotationProgress.words(answer, screen));
      return;
    }
    screen.line(
        "Open this page once, before " + Moments.text(answer.getString("expires_at")) + ":");
    screen.line("   " + screen.strong(page));
  }

  private int wait(AdminClient api, String id) {
    var ended =
        new RotationProgress(screen, forMachines()).follow(() -> api.get("/rotations/" + path(id)));
    if (!forMachines(ended)) {
      screen.line(RotationProgress.words(ended, screen));
    }
    return RotationProgress.isBad(ended) ? 1 : 0;
  }

  /** The rotation of a page bears the page's own name. */
  private static String rotationOf(String entryId) {
    return entryId.replaceFirst("^entry_", "rot_");
  }

  private static void put(JsonObject body, String name, Object value) {
    if (value != null) {
      body.put(name, value);
    }
  }

  private String keyId(AdminClient api) {
    int slash = key.indexOf('/');
    if (slash < 0) {
      return key;
    }
    var keys = api.get("/keys?provider=" + path(key.substring(0, slash))).getJsonArray("keys");
    for (int i = 0; i < keys.size(); i++) {
      var one = keys.getJsonObject(i);
      if (one.getString("label").equals(key.substring(slash + 1))
          && !one.getString("state").equals("revoked")) {
        return one.getString("key_id");
      }
    }
    throw new IllegalStateException("no key of this provider has this label; see: akm keys list");
  }

  private static String path(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
