package io.commandcenter.akm.mcp.tools;

import static io.commandcenter.akm.mcp.tools.TextTable.usd;

import io.commandcenter.akm.contract.PanicCalls.Frozen;
import io.commandcenter.akm.contract.UseCalls.UsePage;
import io.commandcenter.akm.contract.Wire;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What a panic answers: what is frozen now, who used it, and the way back. */
final class PanicAnswer {
  private static final int MOST_KEYS = 100;
  private static final int MOST_LINES = 20;

  private PanicAnswer() {}

  static Schema schema() {
    return Schema.object("What is frozen now, and who used it.")
        .required("scope", Schema.string("all, provider:<name> or key:<id>."))
        .required("keys_frozen", Schema.integer("How many keys this covers now."))
        .required("keys", Schema.array("The first 100 of them.", KeyViews.schema()))
        .required("leases_revoked", Schema.integer("Leases that were ended by it."))
        .required("since", Schema.string("Leases and uses from then on are listed, ISO 8601."))
        .required("leases", Schema.array("Who leased these keys, newest first.", lease()))
        .required("uses", Schema.array("What they were used for, newest first.", use()))
        .required("thaw", Schema.string("The command by which a person undoes it."));
  }

  private static Schema lease() {
    return Schema.object("One lease.")
        .required("seq", Schema.integer("Of its row in the audit log."))
        .required("key_id", Schema.string("The key."))
        .required("at", Schema.string("When, ISO 8601."))
        .required("principal", Schema.string("Who: a token's id."))
        .required("outcome", Schema.string("ok or denied."))
        .optional("detail", Schema.string("Version, fingerprint, request; never a key."));
  }

  private static Schema use() {
    return Schema.object("One attempt at a provider.")
        .required("seq", Schema.integer("Its place."))
        .required("at", Schema.string("When it started, ISO 8601."))
        .required("key_id", Schema.string("The key."))
        .required("provider", Schema.string("The provider."))
        .required("model", Schema.string("The model."))
        .optional("task", Schema.string("The task."))
        .optional("principal", Schema.string("Who: a token's id."))
        .required("request_id", Schema.string("The request."))
        .required("attempt", Schema.integer("1 for the first."))
        .required("outcome", Schema.string("ok, or an error class."))
        .required("cost_usd", Schema.number("US dollars."));
  }

  static ToolAnswer of(Frozen frozen, UsePage uses) {
    var structured =
        new JsonObject()
            .put("scope", frozen.scope())
            .put("keys_frozen", frozen.keys().size())
            .put("keys", KeyViews.json(frozen.keys().stream().limit(MOST_KEYS).toList()))
            .put("leases_revoked", frozen.leasesRevoked())
            .put("since", frozen.since().toString())
            .put("leases", json(frozen.leases().rows()))
            .put("uses", json(uses.rows()))
            .put("thaw", thaw(frozen.scope()));
    return ToolAnswer.of(structured, text(frozen, uses));
  }

  private static JsonArray json(List<? extends Record> rows) {
    var array = new JsonArray();
    rows.forEach(row -> array.add(Wire.toJson(row)));
    return array;
  }

  private static String thaw(String scope) {
    if (scope.equals("all")) {
      return "akm thaw --all";
    }
    var name = scope.substring(scope.indexOf(':') + 1);
    return scope.startsWith("provider:") ? "akm thaw --provider " + name : "akm thaw " + name;
  }

  private static String text(Frozen frozen, UsePage uses) {
    return """
        Frozen: %s, %d key(s); %d lease(s) ended. Requests that need them fail from now on.
        To thaw, when it is safe again: %s (or POST /api/v1/panic/thaw).
        Next: revoke a leaked key at its provider, then replace it with rotate_key.

        %s
        %s"""
        .formatted(
            frozen.scope(),
            frozen.keys().size(),
            frozen.leasesRevoked(),
            thaw(frozen.scope()),
            leases(frozen),
            uses(frozen, uses));
  }

  private static String leases(Frozen frozen) {
    var rows = frozen.leases().rows();
    if (rows.isEmpty()) {
      return "Nobody leased them since " + frozen.since() + ".";
    }
    var table = new TextTable("leased at", "principal", "key", "outcome", "detail");
    rows.stream()
        .limit(MOST_LINES)
        .forEach(
            row -> table.row(row.at(), row.principal(), row.keyId(), row.outcome(), row.detail()));
    boolean more = rows.size() > MOST_LINES || frozen.leases().next() != null;
    return table.render() + (more ? "More: get_audit_log with action=key.lease.\n" : "");
  }

  private static String uses(Frozen frozen, UsePage uses) {
    if (uses.rows().isEmpty()) {
      return "No request used them since " + frozen.since() + ".";
    }
    var table = new TextTable("used at", "principal", "key", "model", "outcome", "cost");
    uses.rows().stream()
        .limit(MOST_LINES)
        .forEach(
            use ->
                table.row(
                    use.at(),
                    use.principal(),
                    use.keyId(),
                    use.provider() + "/" + use.model(),
                    use.outcome(),
                    usd(use.costUsd())));
    boolean more = uses.rows().size() > MOST_LINES || uses.next() != null;
    return table.render() + (more ? "More: GET /api/v1/keys/{key_id}/uses.\n" : "");
  }
}
