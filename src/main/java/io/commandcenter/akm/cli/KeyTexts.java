package io.commandcenter.akm.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Keys as the command line names and shows them. */
final class KeyTexts {
  private static final Duration SOON = Duration.ofDays(7);

  private final Screen screen;
  private final Instant now;

  KeyTexts(Screen screen, Instant now) {
    this.screen = screen;
    this.now = now;
  }

  /** The id of a key that is named by its id or as provider/label. */
  static String id(AdminClient api, String name) {
    var slash = name.indexOf('/');
    if (slash < 0) {
      return name;
    }
    var provider = name.substring(0, slash);
    var label = name.substring(slash + 1);
    return objects(api.get("/keys").getJsonArray("keys")).stream()
        .filter(key -> key.getString("provider").equals(provider))
        .filter(key -> key.getString("label").equals(label))
        .filter(key -> !key.getString("state").equals("revoked"))
        .map(key -> key.getString("key_id"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no key is called " + name));
  }

  static List<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast).toList();
  }

  String state(JsonObject key) {
    if (key.getBoolean("frozen", false)) {
      return screen.bad("frozen");
    }
    var state = key.getString("state");
    return switch (state) {
      case "active" ->
          key.getString("purpose", "inference").equals("inference")
              ? screen.good(state)
              : screen.faint(key.getString("purpose"));
      case "cooling" -> screen.warning("cooling " + until(key, "cooling_until"));
      case "draining" -> screen.warning(state);
      case "revoked" -> screen.faint(state);
      default -> screen.bad(state);
    };
  }

  /** How long from now; empty if there is no such time. */
  private String until(JsonObject key, String member) {
    var at = key.getString(member);
    return at == null ? "" : Spans.words(Duration.between(now, Instant.parse(at)));
  }

  String expiry(JsonObject key) {
    var at = key.getString("expires_at");
    if (at == null) {
      return screen.faint("never");
    }
    var left = Duration.between(now, Instant.parse(at));
    if (left.isNegative()) {
      return screen.bad("over");
    }
    var text = "in " + Spans.words(left);
    return left.compareTo(SOON) <= 0 ? screen.warning(text) : text;
  }

  /** Of the version that is in use; in red when it is older than it may be. */
  String age(JsonObject key) {
    var age = Duration.between(Instant.parse(born(key)), now);
    var most = key.getInteger("max_age_days");
    var text = Spans.words(age) + (most == null ? "" : " of " + most + "d");
    return most != null && age.toDays() >= most ? screen.bad(text) : text;
  }

  private static String born(JsonObject key) {
    return key.getString("rotated_at", key.getString("created_at"));
  }

  String used(JsonObject key) {
    return ago(key.getString("last_used_at"));
  }

  String ago(String at) {
    return at == null
        ? screen.faint("never")
        : Spans.words(Duration.between(Instant.parse(at), now)) + " ago";
  }

  static String tags(JsonObject key) {
    return key.getJsonArray("tags", new JsonArray()).stream()
        .map(String::valueOf)
        .collect(Collectors.joining(" "));
  }

  /** Everything that is known of one key. */
  void print(JsonObject key) {
    var table = new Table();
    table.row("id", key.getString("key_id"));
    table.row("provider", key.getString("provider"));
    table.row("label", key.getString("label"));
    table.row("state", state(key));
    table.row("key", key.getString("masked"));
    table.row("fingerprint", key.getString("fingerprint"));
    table.row("version", key.getInteger("version"));
    table.row("weight", key.getInteger("weight"));
    table.row("kept for", key.getString("purpose", "inference"));
    table.row("source", key.getString("env_var", key.getString("source")));
    table.row("owner", key.getString("owner", screen.faint("nobody")));
    table.row("tags", tags(key).isEmpty() ? screen.faint("none") : tags(key));
    table.row("expires", expiry(key) + at(key, "expires_at"));
    table.row("age", age(key));
    table.row("created", key.getString("created_at"));
    table.row("used", used(key) + at(key, "last_used_at"));
    table.row("validated", ago(key.getString("last_validated_at")) + at(key, "last_validated_at"));
    table.print(screen);
  }

  private String at(JsonObject key, String member) {
    return key.containsKey(member) ? screen.faint("  " + key.getString(member)) : "";
  }
}
