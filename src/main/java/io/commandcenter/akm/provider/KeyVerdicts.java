package io.commandcenter.akm.provider;

import io.commandcenter.akm.core.routing.ErrorClass;
import io.commandcenter.akm.provider.ProviderReply.Failed;
import io.commandcenter.akm.provider.Upstream.KeyVerdict;
import io.commandcenter.akm.provider.wire.ErrorAnswer;
import io.commandcenter.akm.provider.wire.Fields;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;

/** What the answer to a free call says about a key. */
public final class KeyVerdicts {
  private KeyVerdicts() {}

  /**
   * @param list the member of a good answer that holds the models
   */
  public static KeyVerdict ofModelList(
      int status, MultiMap headers, Buffer body, Instant now, String list) {
    if (status / 100 != 2) {
      return ofError(status, headers, body, now);
    }
    return Fields.parse(body).isList(list)
        ? new KeyVerdict("valid", status, "The provider takes the key.")
        : ofFailure(FailedReplies.badAnswer(status));
  }

  public static KeyVerdict ofError(int status, MultiMap headers, Buffer body, Instant now) {
    var failed = FailedReplies.of(status, headers, body, now);
    return failed.errorClass() == ErrorClass.KEY_INVALID
            && ErrorAnswer.of(status, body).says("expired")
        ? new KeyVerdict("expired", status, "The provider says the key has expired; rotate it.")
        : ofFailure(failed);
  }

  public static KeyVerdict ofFailure(Failed failed) {
    return new KeyVerdict(outcome(failed.errorClass()), failed.status(), failed.detail());
  }

  private static String outcome(ErrorClass errorClass) {
    return switch (errorClass) {
      case KEY_INVALID -> "invalid";
      case NO_CREDIT, SPEND_LIMIT -> "no-credit";
      case PERMISSION -> "no-permission";
      case RATE_LIMIT, DAILY_QUOTA -> "rate-limited";
      case OVERLOADED, TRANSIENT, TIMEOUT, BAD_ANSWER -> "network";
      // A server without this call, or with another idea of it, has said nothing about the key.
      case MODEL_GONE, CONTEXT_OVERFLOW, BAD_REQUEST, CONTENT -> "unchecked";
    };
  }
}
