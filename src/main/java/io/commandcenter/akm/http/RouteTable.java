package io.commandcenter.akm.http;

import io.commandcenter.akm.contract.Scope;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Every route of the listener, sub-routers included: each declares a scope or is public here. */
final class RouteTable {
  /** What may be reached without a token; the entry page's path is its own credential. */
  static final Set<String> PUBLIC =
      Set.of(
          "/health/live",
          "/health/ready",
          "/entry/:token",
          "/.well-known/oauth-protected-resource",
          "/.well-known/oauth-protected-resource/mcp");

  private record Entry(
      String path, boolean exact, Set<HttpMethod> methods, Pattern pattern, String scope) {}

  private final List<Entry> entries = new ArrayList<>();
  private final List<String> undeclared = new ArrayList<>();

  /** Reads the table; IllegalStateException if a route is neither public nor behind the gate. */
  static RouteTable audited(Router router) {
    var table = new RouteTable();
    router.getRoutes().forEach(route -> table.add("", route));
    if (!table.undeclared.isEmpty()) {
      throw new IllegalStateException(
          "routes without a declared scope: "
              + String.join(", ", table.undeclared)
              + "; mount them with gate.guard(route, scope)");
    }
    return table;
  }

  /** For a 405's Allow header: the methods of the routes that match the path. */
  String allowed(String path) {
    return entries.stream()
        .filter(entry -> entry.pattern().matcher(path).matches())
        .flatMap(entry -> entry.methods().stream())
        .map(HttpMethod::name)
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .collect(Collectors.joining(", "));
  }

  /** Each as {@code GET /api/v1/keys operator}; {@code *} for every method, or public for none. */
  List<String> declared() {
    return entries.stream()
        .map(
            entry ->
                (entry.methods().isEmpty()
                        ? "*"
                        : entry.methods().stream()
                            .map(HttpMethod::name)
                            .sorted()
                            .collect(Collectors.joining(",")))
                    + " "
                    + entry.path()
                    + " "
                    + entry.scope())
        .toList();
  }

  private void add(String mount, Route route) {
    var path = mount + (route.getPath() == null ? "/*" : route.getPath());
    if (route.getSubRouter() != null) {
      var prefix = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
      route.getSubRouter().getRoutes().forEach(inner -> add(prefix, inner));
      return;
    }
    var methods = route.methods() == null ? Set.<HttpMethod>of() : route.methods();
    var scope = route.metadata().get(Gate.SCOPE) instanceof Scope declared ? declared.slug() : null;
    if (!PUBLIC.contains(path) && scope == null) {
      undeclared.add(methods.stream().map(HttpMethod::name).sorted().toList() + " " + path);
    }
    entries.add(
        new Entry(
            path,
            route.isExactPath(),
            methods,
            pattern(path, route.isExactPath()),
            scope == null ? "public" : scope));
  }

  private static Pattern pattern(String path, boolean exact) {
    var regex =
        Pattern.compile(":[A-Za-z0-9_]+")
            .splitAsStream(path)
            .map(Pattern::quote)
            .collect(Collectors.joining("[^/]+"));
    var trailing = path.matches(".*:[A-Za-z0-9_]+") ? "[^/]+" : "";
    return Pattern.compile(regex + trailing + (exact ? "/?" : ".*"));
  }
}
