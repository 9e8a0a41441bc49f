package io.commandcenter.akm.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.EntryCalls;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.http.FakeRooms;
import io.commandcenter.akm.http.Listening;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntrySurfaceTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String CANARY = "sk-ant-canary-+/=%&0123456789";

  private final AtomicBoolean used = new AtomicBoolean();
  private Listening server;
  private FakeRooms rooms;

  @BeforeEach
  void start() {
    server = new Listening();
    rooms = new FakeRooms(server.bus);
    server.bus.serve(
        EntryCalls.SHOW_ENTRY,
        request ->
            used.get() || !request.token().equals("tok")
                ? gone()
                : Future.succeededFuture(
                    new EntryCalls.EntryView(
                        "add", "anthropic", "<main>", "tok_\"1\"", FakeRooms.NOW)));
    rooms.on(
        EntryCalls.SUBMIT_ENTRY,
        request -> {
          if (used.getAndSet(true)) {
            throw new Failure(Code.GONE, "the link was used");
          }
          return FakeRooms.KEY;
        });
    server.start(new EntrySurface(server.bus, server.publicUrl));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static <T> Future<T> gone() {
    return Future.failedFuture(new Failure(Code.GONE, "the link was used or has expired"));
  }

  private HttpRequest<Buffer> form() {
    return server
        .request(HttpMethod.POST, "/entry/tok", null)
        .putHeader("Content-Type", FORM)
        .putHeader("Origin", server.publicUrl.base().toString());
  }

  private HttpResponse<Buffer> submit(String body) {
    return Listening.await(form().sendBuffer(Buffer.buffer(body)));
  }

  private static String encoded(String key) {
    return "key=" + URLEncoder.encode(key, StandardCharsets.UTF_8);
  }

  @Test
  void showsWhatIsAskedForEscaped() {
    var page = server.get("/entry/tok", null);
    assertEquals(200, page.statusCode());
    assertEquals("text/html; charset=utf-8", page.getHeader("Content-Type"));
    var html = page.bodyAsString();
    assertTrue(html.contains("Enter a key for anthropic"));
    assertTrue(html.contains("&lt;main&gt;"));
    assertTrue(html.contains("tok_&quot;1&quot;"));
    assertTrue(html.contains("22 November 2026, 12:00 UTC"));
    assertTrue(html.contains("type=\"password\""));
    assertFalse(html.contains("<script"));
  }

  @Test
  void forbidsScriptsFramesCachesAndReferrers() {
    var page = server.get("/entry/tok", null);
    var policy = page.getHeader("Content-Security-Policy");
    assertTrue(policy.startsWith("default-src 'none'; style-src 'sha256-"), policy);
    assertTrue(policy.endsWith("form-action 'self'; frame-ancestors 'none'; base-uri 'none'"));
    assertEquals("no-store", page.getHeader("Cache-Control"));
    assertEquals("same-origin", page.getHeader("Referrer-Policy"));
    assertEquals("nosniff", page.getHeader("X-Content-Type-Options"));
  }

  @Test
  void storesTheKeyOnceAndShowsItMasked() {
    var page = submit(encoded("  " + CANARY + " "));
    assertEquals(200, page.statusCode());
    assertEquals(Secret.of(CANARY), rooms.asked(EntryCalls.SUBMIT_ENTRY).secret());
    assertTrue(page.bodyAsString().contains("sk-ant-api03-…x9AA"));
    assertTrue(page.bodyAsString().contains("0123456789abcdef"));
    assertFalse(page.bodyAsString().contains(CANARY));
    assertEquals(410, submit(encoded(CANARY)).statusCode());
    assertEquals(410, server.get("/entry/tok", null).statusCode());
  }

  @ParameterizedTest
  @CsvSource({
    "key=short,8 to 4096",
    "key=%00%00%00%00%00%00%00%00,8 to 4096",
    "other=12345678,is required",
    "key=12345678&key=12345678,given twice",
    "key=1234567%,not URL-encoded",
    "key=1234567%zz,not URL-encoded",
    "'',is required"
  })
  void showsTheFormAgainWithWhatWasWrong(String body, String expected) {
    var page = submit(body);
    assertEquals(400, page.statusCode());
    assertTrue(page.bodyAsString().contains(expected), page.bodyAsString());
    assertTrue(page.bodyAsString().contains("This link still works"));
    assertFalse(used.get());
  }

  @Test
  void refusesALargeForm() {
    assertEquals(413, submit("key=" + "a".repeat(17_000)).statusCode());
    assertFalse(used.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site"})
  void refusesAFormOfAnotherSite(String site) {
    var page =
        Listening.await(
            form().putHeader("Sec-Fetch-Site", site).sendBuffer(Buffer.buffer(encoded(CANARY))));
    assertEquals(403, page.statusCode());
    assertFalse(used.get());
  }

  @Test
  void takesAFormOfItsOwnPage() {
    var page =
        Listening.await(
            form()
                .putHeader("Sec-Fetch-Site", "same-origin")
                .sendBuffer(Buffer.buffer(encoded(CANARY))));
    assertEquals(200, page.statusCode());
  }

  @Test
  void refusesAnotherContentType() {
    var page = server.postText("/entry/tok", null, "application/json", "{\"key\":\"12345678\"}");
    assertEquals(415, page.statusCode());
    assertTrue(page.bodyAsString().contains("Nothing was stored"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/entry/other", "/entry/%3Cscript%3E"})
  void showsAPageForALinkThatDoesNotWork(String path) {
    var page = server.get(path, null);
    assertEquals(410, page.statusCode());
    assertTrue(page.bodyAsString().contains("This link no longer works"));
    assertFalse(page.bodyAsString().contains("script>"));
  }

  @Test
  void saysWhenTheVaultCannotStore() {
    rooms.failing.put(
        EntryCalls.SUBMIT_ENTRY.address(), new Failure(Code.SEALED, "the vault is sealed"));
    var page = submit(encoded(CANARY));
    assertEquals(503, page.statusCode());
    assertTrue(page.bodyAsString().contains("the vault is sealed"));
  }

  @Test
  void asksForTheNextVersionWhenAKeyIsRotated() {
    var html =
        EntryHtml.form(
            "http://s", new EntryCalls.EntryView("rotate", "openai", "a", "b", null), null);
    assertTrue(html.contains("Enter the next key for openai"));
    assertTrue(html.contains("grace period"));
    assertEquals("", EntryHtml.escape(null));
  }
}
