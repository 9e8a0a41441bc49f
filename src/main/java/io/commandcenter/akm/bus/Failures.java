package io.commandcenter.akm.bus;

import io.commandcenter.akm.contract.Call;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Failures to failed replies and back. Only the number and the message of a failed reply survive a
 * hop between nodes, so the message is a JSON object: {@code {"detail": "…", "context": {…}}}.
 */
final class Failures {
  private static final Logger log = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  /** The failure itself; a fault that is none is logged here, once, and becomes INTERNAL. */
  static Failure logged(Throwable cause, String address) {
    if (cause instanceof Failure failure) {
      return failure;
    }
    log.error("a fault while serving {}", address, cause);
    return new Failure(Code.INTERNAL, "a fault of this server; it is in its log");
  }

  static int number(Throwable cause) {
    return ((Failure) cause).code().busNumber();
  }

  static String text(Throwable cause) {
    var failure = (Failure) cause;
    var json = new JsonObject().put("detail", failure.detail());
    if (!failure.context().isEmpty()) {
      json.put("context", new JsonObject(failure.context()));
    }
    return json.encode();
  }

  static Failure ofReply(Throwable cause, Call<?, ?> call) {
    if (cause instanceof Failure failure) {
      return failure;
    }
    if (!(cause instanceof ReplyException reply)) {
      return logged(cause, call.address());
    }
    if (reply.failureType() == ReplyFailure.NO_HANDLERS) {
      return new Failure(
          Code.UNAVAILABLE,
          "the part of the server that would answer is not running; try again shortly");
    }
    if (reply.failureType() == ReplyFailure.TIMEOUT) {
      return new Failure(Code.DEADLINE_EXCEEDED, "no answer in time; try again");
    }
    return Code.ofBusNumber(reply.failureCode())
        .map(code -> parse(code, reply.getMessage()))
        .orElseGet(() -> logged(reply, call.address()));
  }

  private static Failure parse(Code code, String message) {
    try {
      var json = new JsonObject(message);
      var context = json.getJsonObject("context");
      return new Failure(
          code, json.getString("detail"), context == null ? Map.of() : context.getMap());
    } catch (DecodeException | ClassCastException notOurs) {
      return new Failure(code, message);
    }
  }
}
