package io.commandcenter.akm.cli;

import io.commandcenter.akm.cli.ImportReport.Result;
import io.commandcenter.akm.cli.ImportReport.Row;
import io.commandcenter.akm.core.crypto.KeyBody;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Sends found keys to the service, one by one. */
final class KeyImport {
  /**
   * @param only take this provider's keys only; null for all
   * @param rotate whether a key of the label that is there gets a new version
   * @param validate whether each provider is asked for its new key
   * @param rehearse whether nothing is sent
   */
  record Wish(String label, String only, boolean rotate, boolean validate, boolean rehearse) {}

  private final AdminClient api;
  private final Wish wish;
  private final Map<String, JsonObject> labelled = new HashMap<>();

  KeyImport(AdminClient api, Wish wish) {
    this.api = api;
    this.wish = wish;
    var keys = api.get("/keys").getJsonArray("keys");
    for (int i = 0; i < keys.size(); i++) {
      remember(keys.getJsonObject(i));
    }
  }

  private void remember(JsonObject key) {
    if (wish.label().equals(key.getString("label")) && !"revoked".equals(key.getString("state"))) {
      labelled.put(key.getString("provider"), key);
    }
  }

  /** The key is wiped. */
  Row take(FoundKey found) {
    try {
      var reason = refusal(found);
      return reason == null ? send(found) : row(found, Result.NOT_TAKEN, null, null, reason);
    } finally {
      if (found.key() != null) {
        found.key().close();
      }
    }
  }

  private String refusal(FoundKey found) {
    if (found.reason() != null) {
      return found.reason();
    }
    if (wish.only() != null && !wish.only().equals(found.provider())) {
      return "not asked for: --provider names another";
    }
    if (!KeyBody.fits(found.key())) {
      return "it cannot be a key: 8 to 4096 printable characters without blanks";
    }
    return labelled.containsKey(found.provider()) && !wish.rotate()
        ? "the provider has a key of this label: give --rotate or another --label"
        : null;
  }

  private Row send(FoundKey found) {
    var present = labelled.get(found.provider());
    if (wish.rehearse()) {
      return row(
          found, present == null ? Result.WOULD_TAKE : Result.WOULD_ROTATE, null, null, null);
    }
    try {
      var key = present == null ? added(found) : rotated(found, present.getString("key_id"));
      remember(key);
      var result = present == null ? Result.TAKEN : Result.ROTATED;
      return row(found, result, key, wish.validate() ? check(key) : null, null);
    } catch (IllegalStateException refused) {
      return row(found, Result.FAILED, null, null, refused.getMessage());
    }
  }

  private JsonObject added(FoundKey found) {
    return post("/keys", KeyBody.toAdd(found.provider(), wish.label(), found.key()));
  }

  private JsonObject rotated(FoundKey found, String keyId) {
    return post("/keys/" + keyId + "/rotate", KeyBody.toRotate(found.key()));
  }

  private JsonObject post(String path, byte[] body) {
    try {
      return api.postBytes(path, body);
    } finally {
      Arrays.fill(body, (byte) 0);
    }
  }

  private String check(JsonObject key) {
    try {
      return api.post("/keys/" + key.getString("key_id") + "/validate", (JsonObject) null)
          .getString("outcome");
    } catch (IllegalStateException refused) {
      return "not checked: " + refused.getMessage();
    }
  }

  private Row row(FoundKey found, Result result, JsonObject key, String check, String reason) {
    var masked = found.key() == null ? null : KeyBody.masked(found.key());
    return new Row(
        found.source(),
        found.provider(),
        found.provider() == null ? null : wish.label(),
        result,
        key == null ? null : key.getString("key_id"),
        key == null ? masked : key.getString("masked"),
        key == null ? null : key.getString("fingerprint"),
        check,
        reason);
  }
}
