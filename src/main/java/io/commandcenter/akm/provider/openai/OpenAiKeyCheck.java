package io.commandcenter.akm.provider.openai;

import io.commandcenter.akm.provider.FailedReplies;
import io.commandcenter.akm.provider.KeyVerdicts;
import io.commandcenter.akm.provider.Upstream.KeyVerdict;
import io.commandcenter.akm.provider.wire.Fields;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import java.time.Instant;
import java.util.stream.Stream;

/** What the answer to a compatible server's free call says about a key. */
final class OpenAiKeyCheck {
  private OpenAiKeyCheck() {}

  /**
   * @param member as in {@link io.commandcenter.akm.config.Compat#keyCheckMember}
   */
  static KeyVerdict verdict(String member, int status, MultiMap headers, Buffer body, Instant now) {
    if (status / 100 != 2) {
      return KeyVerdicts.ofError(status, headers, body, now);
    }
    if (member == null) {
      return new KeyVerdict("unchecked", status, "The server answers; it takes any key for this.");
    }
    var answer = Fields.parse(body);
    // xAI answers 200 for a key that is out of use, and says so.
    if (Stream.of("api_key_blocked", "api_key_disabled", "team_blocked").anyMatch(answer::is)) {
      return new KeyVerdict("invalid", status, "The provider says the key is blocked; rotate it.");
    }
    return isGood(member, answer, body)
        ? new KeyVerdict("valid", status, "The provider takes the key.")
        : KeyVerdicts.ofFailure(FailedReplies.badAnswer(status));
  }

  private static boolean isGood(String member, Fields answer, Buffer body) {
    return member.isEmpty()
        ? isArray(body)
        : answer.isList(member) || !answer.at(member).json().isEmpty();
  }

  private static boolean isArray(Buffer body) {
    try {
      return Json.decodeValue(body) instanceof JsonArray;
    } catch (DecodeException e) {
      return false;
    }
  }
}
