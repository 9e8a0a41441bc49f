package io.commandcenter.akm.admin;

import io.commandcenter.akm.contract.Failure;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.validation.SchemaValidationException;
import io.vertx.openapi.validation.ValidatorException;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The contract's refusals in our words: the validator's own may repeat what the caller sent. */
final class Refusals {
  private static final Pattern PARAMETER = Pattern.compile("(?:query|path) parameter (\\w+)");

  private Refusals() {}

  static Throwable of(Throwable cause, Operation operation) {
    if (!(cause instanceof ValidatorException refused)) {
      return cause;
    }
    var parameter = PARAMETER.matcher(String.valueOf(refused.getMessage()));
    if (parameter.find()) {
      return Failure.badRequest(
          "parameter `" + parameter.group(1) + "` is missing or not valid; see openapi.yaml");
    }
    if (refused instanceof SchemaValidationException body) {
      return ofBody(body, operation);
    }
    return Failure.badRequest("the request does not fit the contract; see openapi.yaml");
  }

  static Failure unknown(String what, Collection<String> known) {
    return Failure.badRequest(
        "unknown "
            + what
            + "; "
            + (known.isEmpty() ? "none is known here" : "known are " + String.join(", ", known)));
  }

  /** The names of the members that the operation's body may have. */
  static Set<String> members(Operation operation) {
    return new TreeSet<>(
        schema(operation).getJsonObject("properties", new JsonObject()).fieldNames());
  }

  private static Failure ofBody(SchemaValidationException refused, Operation operation) {
    var errors = refused.getOutputUnit().getErrors();
    var last = errors.get(errors.size() - 1);
    var path = last.getInstanceLocation().split("/");
    var keyword =
        last.getKeywordLocation().substring(last.getKeywordLocation().lastIndexOf('/') + 1);
    // Only names of the contract are repeated: deeper ones may be the caller's own.
    if (path.length > 1 && members(operation).contains(path[1])) {
      return Failure.badRequest(
          "`" + path[1] + "` is not valid (" + keyword + "); see openapi.yaml");
    }
    var required = schema(operation).getJsonArray("required");
    return Failure.badRequest(
        required == null
            ? "the body does not fit the contract; see openapi.yaml"
            : "a required field is missing; required are "
                + String.join(", ", required.stream().map(String::valueOf).toList()));
  }

  private static JsonObject schema(Operation operation) {
    var body = operation.getRequestBody();
    if (body == null) {
      return new JsonObject();
    }
    var schema = body.getContent().get("application/json").getSchema();
    var json = new JsonObject();
    schema.fieldNames().forEach(name -> json.put(name, schema.<Object>get(name)));
    return json;
  }
}
