package io.commandcenter.akm.admin;

import io.commandcenter.akm.contract.Failure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.validation.SchemaValidationException;
import io.vertx.openapi.validation.ValidatorException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The contract's refusals in our words: the validator's own may repeat what the caller sent. */
final class Refusals {
  private static final Pattern PARAMETER = Pattern.compile("(?:query|path) parameter (\\w+)");

  private static final List<String> SHOWN =
      List.of("enum", "minimum", "maximum", "minLength", "maxLength", "maxItems", "maxProperties");

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
    var schema = schema(operation);
    var properties = schema.getJsonObject("properties", new JsonObject());
    for (var error : refused.getOutputUnit().getErrors()) {
      var path = error.getInstanceLocation().split("/");
      // Only names of the contract are repeated: deeper ones may be the caller's own.
      if (path.length > 1 && properties.containsKey(path[1])) {
        return Failure.badRequest(
            "`" + path[1] + "` must be " + wanted(properties.getJsonObject(path[1])));
      }
    }
    return Failure.badRequest(
        "a required field is missing; required are "
            + String.join(
                ", ",
                schema.getJsonArray("required", new JsonArray()).stream()
                    .map(String::valueOf)
                    .toList()));
  }

  /** For example: of type integer, minimum 1, maximum 1000. */
  private static String wanted(JsonObject schema) {
    return "of type "
        + String.valueOf(schema.getValue("type")).replaceAll("[\\[\\]\"]", "")
        + SHOWN.stream()
            .filter(schema::containsKey)
            .map(name -> ", " + name + " " + schema.getValue(name))
            .collect(Collectors.joining());
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
