package io.commandcenter.akm.e2e;

import static io.commandcenter.akm.testkit.ApiCaller.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.core.crypto.BearerToken;
import io.commandcenter.akm.testkit.ApiCaller;
import io.commandcenter.akm.testkit.RunningService;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every route of the running service, as its own table says them, with every kind of token. Seen
 * failing with the gate's scope check taken out, and with a route's gate left out.
 */
class AuthMatrixE2eTest {
  private static final List<String> ANY = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

  @TempDir static Path folder;
  private static RunningService service;
  private static ApiCaller api;
  private static final Map<Scope, String> valid = new EnumMap<>(Scope.class);
  private static final Map<String, String> invalid = new LinkedHashMap<>();

  private record Route(String method, String path, Scope scope) {}

  @BeforeAll
  static void start() {
    service = Served.in(folder, 10_000);
    api = new ApiCaller(service.vertx(), service.url());
    for (var scope : Scope.values()) {
      valid.put(scope, mint(scope, null).getString("token"));
    }
    var expired = mint(Scope.ADMIN, Instant.now().plusMillis(900)).getString("token");
    var revoked = mint(Scope.ADMIN, null);
    expect(
        200,
        service.call(HttpMethod.DELETE, "/api/v1/tokens/" + revoked.getString("token_id"), null));
    invalid.put("none", null);
    invalid.put("malformed", "akm_admin_x");
    invalid.put("not ours", "sk-some-other-service");
    invalid.put("wrong", BearerToken.mint("admin", new SecureRandom()));
    invalid.put("revoked", revoked.getString("token"));
    invalid.put("expired", expired);
    untilRefused(expired);
  }

  private static JsonObject mint(Scope scope, Instant end) {
    var body = new JsonObject().put("name", "matrix").put("scope", scope.slug());
    return service.post("/api/v1/tokens", end == null ? body : body.put("expires_at", end));
  }

  private static void untilRefused(String token) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (api.get(token, "/api/v1/budget").statusCode() != 401) {
      assertTrue(System.nanoTime() < end, "the token did not expire");
    }
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static List<Route> routes() {
    var routes = new ArrayList<Route>();
    for (var line : service.routes()) {
      var words = line.split(" ");
      var methods = words[0].equals("*") ? ANY : List.of(words[0].split(","));
      var scope = words[2].equals("public") ? null : Scope.ofSlug(words[2]);
      var path = words[1].replaceAll(":[A-Za-z0-9_]+", "x_1");
      methods.forEach(method -> routes.add(new Route(method, path, scope)));
    }
    return routes;
  }

  private static int status(Route route, String token) {
    return api.call(token, HttpMethod.valueOf(route.method()), route.path(), null).statusCode();
  }

  @Test
  void theTableHoldsEverySurface() {
    var paths = routes().stream().map(Route::path).toList();
    for (var one :
        List.of(
            "/health/live",
            "/health/ready",
            "/api/v1/keys",
            "/api/v1/tokens/children",
            "/entry/x_1",
            "/v1/chat/completions",
            "/mcp")) {
      assertTrue(paths.contains(one), () -> one + " is not in " + paths);
    }
    assertTrue(routes().size() >= 37, () -> routes().size() + " routes");
  }

  @Test
  void onlyHealthAndTheEntryPageArePublic() {
    assertEquals(
        List.of("/entry/x_1", "/health/live", "/health/ready"),
        routes().stream()
            .filter(route -> route.scope() == null)
            .map(Route::path)
            .distinct()
            .sorted()
            .toList());
  }

  @Test
  void everyGuardedRouteLetsInWhomItDeclaresAndNobodyElse() {
    var wrong = new ArrayList<String>();
    var guarded = routes().stream().filter(route -> route.scope() != null).toList();
    int cases = 0;
    for (var route : guarded) {
      for (var token : invalid.entrySet()) {
        int status = status(route, token.getValue());
        note(wrong, status == 401, route, token.getKey(), status);
        cases++;
      }
      for (var token : valid.entrySet()) {
        boolean may = token.getKey().includes(route.scope());
        int status = status(route, token.getValue());
        note(
            wrong,
            may ? status != 401 && status != 403 : status == 403,
            route,
            token.getKey().slug(),
            status);
        cases++;
      }
    }
    assertEquals(List.of(), wrong);
    System.out.println(
        "authorization: " + guarded.size() + " guarded routes, " + cases + " cases, 0 wrong");
  }

  @Test
  void aPublicRouteNeedsNoTokenAndMindsNone() {
    for (var route : routes().stream().filter(each -> each.scope() == null).toList()) {
      for (var token : Stream.concat(invalid.values().stream(), valid.values().stream()).toList()) {
        int status = status(route, token);
        assertTrue(status != 401, () -> route + " answered " + status);
      }
    }
  }

  private static void note(
      List<String> wrong, boolean right, Route route, String token, int status) {
    if (!right) {
      wrong.add(route + " with " + token + " answered " + status);
    }
  }
}
