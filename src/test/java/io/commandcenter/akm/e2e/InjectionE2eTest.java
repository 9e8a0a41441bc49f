package io.commandcenter.akm.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.testkit.ApiCaller;
import io.commandcenter.akm.testkit.RunningService;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/**
 * Hostile strings in every string field of every REST operation, in every parameter and as the
 * token. Seen failing with names unchecked and a store that put a token's id into its statement as
 * text.
 */
class InjectionE2eTest {
  private static final int STRINGS = Boolean.getBoolean("akm.soak") ? 10_000 : 1_000;
  // Failures that a caller may bring about without any fault of the server.
  private static final Set<String> HONEST = Set.of("no-candidate", "provider-failed");

  @TempDir Path folder;
  private final HostileStrings hostile = new HostileStrings();
  private final JsonObject contract = contract();
  private ApiCaller api;

  /** A place for a string. */
  private record Place(
      String operation, HttpMethod method, String path, String kind, String name) {}

  private static JsonObject contract() {
    try {
      Map<String, Object> yaml =
          new Yaml().load(Files.readString(Path.of("src/main/resources/openapi.yaml")));
      return new JsonObject(yaml);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void noHostileStringChangesAStatement() throws SQLException {
    var places = places();
    var bad = new ArrayList<String>();
    var statuses = new TreeMap<Integer, Integer>();
    Map<String, Long> before;
    try (var service = Served.in(folder, 10_000)) {
      api = new ApiCaller(service.vertx(), service.url());
      before = tables();
      for (int i = 0; i < STRINGS; i++) {
        var place = places.get(i % places.size());
        var text = hostile.next();
        var answer = send(place, text);
        statuses.merge(answer.statusCode(), 1, Integer::sum);
        if (answer.statusCode() >= 500 && !honest(answer)) {
          bad.add(answer.statusCode() + " " + place + " " + text);
        }
      }
      assertEquals(200, api.get(RunningService.TOKEN, "/api/v1/tokens").statusCode());
      assertEquals(200, api.get(RunningService.TOKEN, "/api/v1/keys").statusCode());
    }
    assertEquals(List.of(), bad);
    var after = tables();
    assertEquals(before.keySet(), after.keySet());
    assertEquals(before.get("schema_migration"), after.get("schema_migration"));
    assertTrue(after.get("audit") >= before.get("audit"));
    System.out.println(
        "injection: " + STRINGS + " strings in " + places.size() + " places, statuses " + statuses);
  }

  private static boolean honest(HttpResponse<Buffer> answer) {
    return HONEST.contains(answer.bodyAsJsonObject().getString("code"));
  }

  /** Every table with its number of rows; fails if the file is not sound. */
  private Map<String, Long> tables() throws SQLException {
    var url = "jdbc:sqlite:" + folder.resolve("data").resolve("akm.db");
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      try (var rows = statement.executeQuery("pragma integrity_check")) {
        assertEquals("ok", rows.getString(1));
      }
      var names = new ArrayList<String>();
      try (var rows =
          statement.executeQuery("select name from sqlite_master where type = 'table'")) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      }
      var tables = new TreeMap<String, Long>();
      for (var name : names) {
        try (var rows = statement.executeQuery("select count(*) from " + name)) {
          tables.put(name, rows.getLong(1));
        }
      }
      return tables;
    }
  }

  private List<Place> places() {
    var places = new ArrayList<Place>();
    for (var path : contract.getJsonObject("paths")) {
      for (var operation : (JsonObject) path.getValue()) {
        addPlaces(places, path.getKey(), operation.getKey(), (JsonObject) operation.getValue());
      }
    }
    places.add(new Place("gateway", HttpMethod.POST, "/v1/chat/completions", "body", "model"));
    places.add(new Place("gateway", HttpMethod.GET, "/v1/models", "api-key", "x-api-key"));
    assertTrue(places.size() > 90, () -> places.size() + " places");
    return places;
  }

  private void addPlaces(List<Place> places, String path, String method, JsonObject operation) {
    var id = operation.getString("operationId");
    var verb = HttpMethod.valueOf(method.toUpperCase(java.util.Locale.ROOT));
    var full = "/api/v1" + path;
    places.add(new Place(id, verb, full, "token", "Authorization"));
    for (var each : operation.getJsonArray("parameters", new JsonArray())) {
      var parameter = resolved((JsonObject) each);
      places.add(new Place(id, verb, full, parameter.getString("in"), parameter.getString("name")));
    }
    for (var name : properties(operation).fieldNames()) {
      places.add(new Place(id, verb, full, "body", name));
    }
  }

  private JsonObject properties(JsonObject operation) {
    return schema(operation).getJsonObject("properties", new JsonObject());
  }

  private JsonObject schema(JsonObject operation) {
    if (!operation.containsKey("requestBody")) {
      return new JsonObject();
    }
    return resolved(
        operation
            .getJsonObject("requestBody")
            .getJsonObject("content")
            .getJsonObject("application/json")
            .getJsonObject("schema"));
  }

  private JsonObject resolved(JsonObject object) {
    var reference = object.getString("$ref");
    if (reference == null) {
      return object;
    }
    JsonObject found = contract;
    for (var step : reference.substring(2).split("/")) {
      found = found.getJsonObject(step);
    }
    return found;
  }

  private HttpResponse<Buffer> send(Place place, String text) {
    var path = place.path();
    var encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    if (place.kind().equals("path")) {
      path = path.replace("{" + place.name() + "}", encoded);
    }
    path = path.replaceAll("\\{\\w+}", "x_1");
    if (place.kind().equals("query")) {
      path += "?" + place.name() + "=" + encoded;
      path +=
          place.operation().equals("getUsageBreakdown") && !place.name().equals("by")
              ? "&by=day"
              : "";
    }
    // What cannot stand in a header at all never leaves a client.
    var token =
        Set.of("token", "api-key").contains(place.kind())
            ? text.replaceAll("[^\\x21-\\x7e ]", "?").strip()
            : RunningService.TOKEN;
    var body = place.kind().equals("body") ? body(place, text) : null;
    try {
      return api.call(token.isEmpty() ? "x" : token, place.method(), path, body);
    } catch (AssertionError late) {
      throw new AssertionError("no answer for " + place + " with " + text, late);
    }
  }

  private JsonObject body(Place place, String text) {
    if (place.operation().equals("gateway")) {
      return new JsonObject()
          .put("model", text)
          .put(
              "messages",
              new JsonArray().add(new JsonObject().put("role", "user").put("content", text)));
    }
    var schema = operationSchema(place);
    var body = new JsonObject();
    schema
        .getJsonArray("required", new JsonArray())
        .forEach(name -> body.put((String) name, usual((String) name)));
    return body.put(
        place.name(),
        hostile(resolved(schema.getJsonObject("properties").getJsonObject(place.name())), text));
  }

  private JsonObject operationSchema(Place place) {
    var path = contract.getJsonObject("paths").getJsonObject(place.path().substring(7));
    return schema(path.getJsonObject(place.method().name().toLowerCase(java.util.Locale.ROOT)));
  }

  private static Object usual(String required) {
    return switch (required) {
      case "provider" -> "anthropic";
      case "scope" -> "client";
      case "model" -> "claude-3-opus";
      default -> "usual";
    };
  }

  /** The text where the schema wants one, however deep. */
  private Object hostile(JsonObject schema, String text) {
    return switch (schema.getString("type", "string")) {
      case "array" -> new JsonArray().add(hostile(resolved(schema.getJsonObject("items")), text));
      case "object" -> {
        var object = new JsonObject();
        schema
            .getJsonObject("properties", new JsonObject())
            .fieldNames()
            .forEach(name -> object.put(name, name.equals("role") ? "user" : text));
        yield schema.containsKey("properties") ? object : object.put(text, text);
      }
      default -> text;
    };
  }
}
