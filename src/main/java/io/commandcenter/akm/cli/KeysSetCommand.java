package io.commandcenter.akm.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code akm keys set}. */
@Command(
    name = "set",
    mixinStandardHelpOptions = true,
    description = "Changes what is said of a key; only what is given changes.")
final class KeysSetCommand extends RemoteCommand {
  @Parameters(paramLabel = "KEY", description = "Its id, or provider/label.")
  private String key;

  @Option(names = "--label", description = "A new name, free at its provider.")
  private String label;

  @Option(names = "--tag", description = "Its tags from now on; give it once for each.")
  private List<String> tags;

  @Option(names = "--no-tags", description = "Take all tags away.")
  private boolean noTags;

  @Option(names = "--owner", description = "Who answers for it.")
  private String owner;

  @Option(names = "--no-owner", description = "Nobody in particular.")
  private boolean noOwner;

  @Option(names = "--weight", description = "Its share of the provider's traffic, 1 to 1000.")
  private Integer weight;

  @Option(names = "--expires", description = "When it ends: 90d, 2027-01-31 or an instant.")
  private String expires;

  @Option(names = "--no-expiry", description = "It does not end by itself.")
  private boolean noExpiry;

  @Option(names = "--max-age", description = "After how many days its rotation is due.")
  private Integer maxAgeDays;

  @Option(names = "--no-max-age", description = "It may become as old as it likes.")
  private boolean noMaxAge;

  KeysSetCommand(Map<String, String> environment, Screen screen) {
    super(environment, screen);
  }

  @Override
  protected int run(AdminClient api) {
    var change = change(Instant.now());
    if (change.isEmpty()) {
      throw new IllegalStateException("say what to change; see akm keys set --help");
    }
    var answer = api.patch("/keys/" + KeyTexts.id(api, key), change);
    if (!forMachines(answer)) {
      new KeyTexts(screen, Instant.now()).print(answer);
    }
    return 0;
  }

  private JsonObject change(Instant now) {
    var change = new JsonObject();
    put(change, "label", label, false);
    put(change, "tags", tags == null ? null : new JsonArray(tags), noTags);
    put(change, "owner", owner, noOwner);
    put(change, "weight", weight, false);
    var end = expires == null ? null : Spans.instant(expires, now, 1).toString();
    put(change, "expires_at", end, noExpiry);
    put(change, "max_age_days", maxAgeDays, noMaxAge);
    return change;
  }

  private static void put(JsonObject change, String member, Object value, boolean clear) {
    if (clear) {
      change.putNull(member);
    } else if (value != null) {
      change.put(member, value);
    }
  }
}
