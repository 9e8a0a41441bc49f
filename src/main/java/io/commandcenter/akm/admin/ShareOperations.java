package io.commandcenter.akm.admin;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.ShareCalls;
import io.commandcenter.akm.contract.ShareCalls.ShareKey;
import io.commandcenter.akm.contract.ShareCalls.UnwrapKey;
import io.commandcenter.akm.contract.ShareCalls.UnwrappedKey;
import io.commandcenter.akm.contract.Wire;
import io.commandcenter.akm.core.crypto.SecretJson;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Map;

/** Shares keys with other services: a wrapped token, and what it stands for. */
final class ShareOperations {
  private final Asking bus;

  ShareOperations(Asking bus) {
    this.bus = bus;
  }

  /** The body of shareKey. */
  record Share(String forToken, Long ttlSeconds) {}

  Map<String, Action> table() {
    return Map.of("shareKey", this::share, "unwrapKey", this::unwrap);
  }

  private Future<Answer> share(AdminCall call) {
    var share = Wire.fromJson(call.body(), Share.class);
    var ask =
        new ShareKey(call.inPath("key_id"), share.forToken(), share.ttlSeconds(), call.by().id());
    return bus.ask(ShareCalls.SHARE, ask).map(Answer::created);
  }

  private Future<Answer> unwrap(AdminCall call) {
    return bus.ask(ShareCalls.UNWRAP, new UnwrapKey(call.secret(), call.by().id()))
        .map(ShareOperations::plain);
  }

  /** The one answer of this API with a key in it, from bytes to bytes. */
  private static Answer plain(UnwrappedKey key) {
    var rest =
        new JsonObject()
            .put("key_id", key.keyId())
            .put("provider", key.provider())
            .put("version", key.version())
            .put("expires_at", key.expiresAt().toString());
    var json = SecretJson.with(rest.encode(), "key", key.secret());
    try {
      // The buffer is a copy, which goes out and is gone.
      return Answer.ofJson(Buffer.buffer(json));
    } finally {
      Arrays.fill(json, (byte) 0);
      key.secret().close();
    }
  }
}
