package io.commandcenter.akm.admin;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.keys.KeyShape;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Refuses key-shaped text where a key must never be. */
final class Keys {
  private Keys() {}

  static void refuseIn(Object... values) {
    for (var value : values) {
      if (value instanceof String text) {
        refuse(text);
      } else if (value instanceof JsonObject object) {
        object.forEach(member -> refuseIn(member.getKey(), member.getValue()));
      } else if (value instanceof JsonArray array) {
        array.forEach(Keys::refuseIn);
      }
    }
  }

  private static void refuse(String text) {
    if (KeyShape.looksLikeKey(text)) {
      throw new Failure(
          Code.KEY_IN_ARGUMENT,
          "a field other than `key` holds what looks like a provider key; revoke that key at the"
              + " provider, it must be considered burned");
    }
  }
}
