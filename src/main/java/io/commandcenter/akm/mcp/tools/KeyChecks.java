package io.commandcenter.akm.mcp.tools;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.VaultCalls;
import io.commandcenter.akm.contract.VaultCalls.ChangeKey;
import io.commandcenter.akm.contract.VaultCalls.KeyCheck;
import io.commandcenter.akm.contract.Wire;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What providers say of stored keys; validating one and validating all answer alike. */
final class KeyChecks {
  private KeyChecks() {}

  static Schema schema() {
    return Schema.object("One key's check.")
        .required("key_id", Schema.string("The key."))
        .required("provider", Schema.string("Its provider."))
        .optional("label", Schema.string("Its label."))
        .required(
            "outcome",
            Schema.string(
                "valid, invalid, expired, no-credit, no-permission, rate-limited, network or"
                    + " unchecked."))
        .optional("detail", Schema.string("One sentence."))
        .optional("http_status", Schema.integer("What the provider answered."))
        .required("latency_ms", Schema.integer("How long the provider took, milliseconds."))
        .optional("checked_at", Schema.string("When, ISO 8601."));
  }

  static Future<KeyCheck> ask(Asking bus, String keyId, ToolCall call) {
    return bus.ask(VaultCalls.VALIDATE, new ChangeKey(keyId, call.by()));
  }

  static boolean valid(KeyCheck check) {
    return check.outcome().equals("valid");
  }

  /** Checks, and how many are valid. */
  static JsonObject json(List<KeyCheck> checks) {
    var array = new JsonArray();
    checks.forEach(check -> array.add(Wire.toJson(check)));
    return new JsonObject()
        .put("checks", array)
        .put("valid", checks.stream().filter(KeyChecks::valid).count());
  }

  static String table(List<KeyCheck> checks) {
    var table = new TextTable("key", "outcome", "detail");
    checks.forEach(
        check ->
            table.row(check.provider() + "/" + check.label(), check.outcome(), check.detail()));
    return table.render();
  }
}
