package io.commandcenter.akm.mcp.tools;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.keys.KeyShape;
import java.util.Map;

/** Stops a provider key that someone, or a model, put into a tool call, before anything sees it. */
public final class KeyGuard {
  private KeyGuard() {}

  /** Looks into names and values, however deep; refuses with KEY_IN_ARGUMENT. */
  public static void refuseKeys(Object value) {
    if (holdsKey(value)) {
      throw new Failure(
          Code.KEY_IN_ARGUMENT,
          "an argument looks like a provider key; nothing was stored or sent on, but this"
              + " conversation has seen it: consider the key burned, revoke it at the provider and"
              + " make a new one, then call add_api_key or rotate_key without any key to get a"
              + " one-time page for it");
    }
  }

  /** Whether a key stands anywhere in it. */
  public static boolean holdsKey(Object value) {
    if (value instanceof String text) {
      return KeyShape.looksLikeKey(text);
    }
    if (value instanceof Map<?, ?> members) {
      return members.entrySet().stream()
          .anyMatch(member -> holdsKey(member.getKey()) || holdsKey(member.getValue()));
    }
    if (value instanceof Iterable<?> values) {
      for (var element : values) {
        if (holdsKey(element)) {
          return true;
        }
      }
    }
    return false;
  }
}
