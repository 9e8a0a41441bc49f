package io.commandcenter.akm.admin;

import io.commandcenter.akm.http.Listening;
import io.commandcenter.akm.http.Surface;
import io.commandcenter.akm.http.Tokens;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdminSurfaceTest {
  @Test
  void smoke() {
    try (var server = new Listening()) {
      server.startLoaded(
          (vertx, bus) ->
              AdminSurface.load(vertx, bus, server.config).map(s -> List.<Surface>of(s)));
      for (var p :
          List.of(
              "/health/live",
              "/health/ready",
              "/api/v1/keys",
              "/api/v1/openapi.yaml",
              "/nope",
              "/api/v1/nope",
              "/api/v1/usage/breakdown?by=xx",
              "/api/v1/usage/breakdown?by=day&y=%GG",
              "/api/v1/keys?provider=a&x=1")) {
        var r = server.get(p, Tokens.ADMIN);
        System.out.println(
            p
                + " "
                + r.statusCode()
                + " "
                + r.headers().entries()
                + r.bodyAsString().substring(0, Math.min(300, r.bodyAsString().length())));
      }
      for (var b :
          List.of(
              "{\"provider\":\"a\",\"label\":\"b\",\"weight\":5000}",
              "{\"provider\":\"a\"}",
              "{\"provider\":\"a\",\"label\":\"b\"}",
              "{\"provider\":\"a\",\"label\":\"b\",\"key\":\"short\"}",
              "{\"x\":1}",
              "{\"a\":",
              "[]",
              "{\"a\":1,\"a\":2}",
              "{\"provider\":\"a\",\"label\":7}",
              "")) {
        var r = server.postText("/api/v1/keys", Tokens.ADMIN, "application/json", b);
        System.out.println(b + " " + r.statusCode() + r.bodyAsString());
      }
      var r = server.postText("/api/v1/usage", Tokens.ADMIN, "application/json", "{}");
      System.out.println(r.statusCode() + r.headers().entries().toString() + r.bodyAsString());
      r = server.postText("/health/live", Tokens.ADMIN, "application/json", "{}");
      System.out.println(r.statusCode() + r.headers().entries().toString() + r.bodyAsString());
    }
  }
}
