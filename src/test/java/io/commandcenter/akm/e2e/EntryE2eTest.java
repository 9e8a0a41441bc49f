package io.commandcenter.akm.e2e;

import static io.commandcenter.akm.testkit.TestVertx.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.testkit.EntryPages;
import io.commandcenter.akm.testkit.OriginalRouting;
import io.commandcenter.akm.testkit.RunningService;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One-time pages and shared keys, with real tokens and a provider that answers. */
class EntryE2eTest {
  private static final String KEY = "sk-proj-0123456789abcdefghij0123456789";

  @TempDir Path directory;
  private RunningService akm;
  private WebClient client;

  @BeforeEach
  void start() {
    akm = new RunningService(directory, OriginalRouting.json(), new JsonObject(), Map.of());
    client = WebClient.create(akm.vertx());
  }

  @AfterEach
  void stop() {
    akm.close();
  }

  private JsonObject mint(String scope) {
    return akm.post("/api/v1/tokens", new JsonObject().put("name", scope).put("scope", scope));
  }

  private HttpResponse<Buffer> post(String token, String path, JsonObject body) {
    return await(
        client.postAbs(akm.url() + path).bearerTokenAuthentication(token).sendJsonObject(body));
  }

  private JsonObject begin(String token, String label) {
    var ask = new JsonObject().put("provider", "openai").put("label", label);
    return post(token, "/api/v1/keys", ask).bodyAsJsonObject();
  }

  @Test
  void aPersonEntersAKeyThatTheProviderTakesAndTheAskerHearsOfIt() {
    akm.simulated("openai").accept(KEY);
    var link = begin(mint("operator").getString("token"), "main");
    var person = new EntryPages(akm.vertx());

    var wrong = person.enter(link, KEY + "x");
    assertEquals(400, wrong.statusCode());
    assertTrue(wrong.bodyAsString().contains("the provider does not take this key"));
    var stored = person.submit(link.getString("url"), EntryPages.form(null, KEY));
    assertEquals(200, stored.statusCode(), stored.bodyAsString());
    assertTrue(stored.bodyAsString().contains("Checked and sealed."), stored.bodyAsString());

    var status = akm.get("/api/v1/entries/" + link.getString("entry_id"));
    assertEquals("stored", status.getString("state"));
    assertEquals("valid", status.getString("check"));
    assertEquals(410, person.open(link.getString("url")).statusCode());
  }

  @Test
  void aPageEndsWithTheTokenThatAskedForIt() {
    var token = mint("operator");
    var link = begin(token.getString("token"), "main");
    akm.call(HttpMethod.DELETE, "/api/v1/tokens/" + token.getString("token_id"), null);

    var page = new EntryPages(akm.vertx()).enter(link, KEY);
    assertEquals(410, page.statusCode());
    var status = akm.get("/api/v1/entries/" + link.getString("entry_id"));
    assertEquals("asker-revoked", status.getString("reason"));
  }

  @Test
  void aSharedKeyIsUnwrappedOnceByTheTokenItIsFor() {
    akm.addKey("openai", "main", KEY);
    var id = akm.get("/api/v1/keys").getJsonArray("keys").getJsonObject(0).getString("key_id");
    var receiver = mint("client");
    var body = new JsonObject().put("for_token", receiver.getString("token_id"));
    var shared = akm.post("/api/v1/keys/" + id + "/share", body);
    var wrap = new JsonObject().put("wrap_token", shared.getString("wrap_token"));

    assertEquals(403, post(mint("client").getString("token"), "/api/v1/unwrap", wrap).statusCode());
    assertEquals(
        403, post(mint("read-only").getString("token"), "/api/v1/unwrap", wrap).statusCode());
    var unwrapped = post(receiver.getString("token"), "/api/v1/unwrap", wrap);
    assertEquals(KEY, unwrapped.bodyAsJsonObject().getString("key"));
    assertEquals("no-store", unwrapped.getHeader("Cache-Control"));
    assertEquals(410, post(receiver.getString("token"), "/api/v1/unwrap", wrap).statusCode());

    var audit = akm.get("/api/v1/audit?limit=100").encode();
    assertTrue(audit.contains("key.share") && audit.contains("key.unwrap"), audit);
    assertFalse(audit.contains(shared.getString("wrap_token")));
  }
}
