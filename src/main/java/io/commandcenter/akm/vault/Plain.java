package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.keys.KeyShape;

/** Keeps keys out of the arguments that are stored, logged and shown as they are. */
final class Plain {
  private Plain() {}

  static void noKeyIn(String... arguments) {
    for (var argument : arguments) {
      if (KeyShape.looksLikeKey(argument)) {
        throw new Failure(
            Code.KEY_IN_ARGUMENT,
            "an argument looks like a key; revoke that key at its provider and use the entry page");
      }
    }
  }
}
