package io.commandcenter.akm.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.EntryCalls;
import io.commandcenter.akm.contract.EntryCalls.EntryView;
import io.commandcenter.akm.contract.EntryCalls.StoredEntry;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.http.FakeRooms;
import io.commandcenter.akm.http.Listening;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntrySurfaceTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String CANARY = "sk-ant-canary-+/=%&0123456789";
  private static final String CODE = "482-915";

  private final AtomicBoolean used = new AtomicBoolean();
  private final AtomicReference<String> browser = new AtomicReference<>();
  private String check = "valid";
  private Listening server;
  private FakeRooms rooms;

  /** A vault of one page, bound as the real one binds it. */
  @BeforeEach
  void start() {
    server = new Listening();
    rooms = new FakeRooms(server.bus);
    rooms.on(EntryCalls.SHOW_ENTRY, request -> page(request.token(), request.browser()));
    rooms.on(
        EntryCalls.UNLOCK_ENTRY,
        request -> {
          if (browser.get() == null && !CODE.equals(request.code())) {
            throw new Failure(Code.FORBIDDEN, "the confirmation code is wrong; tries left: 4");
          }
          browser.compareAndSet(null, request.browser());
          return page(request.token(), request.browser());
        });
    rooms.on(
        EntryCalls.SUBMIT_ENTRY,
        request -> {
          if (used.getAndSet(true)) {
            throw gone();
          }
          return new StoredEntry(FakeRooms.KEY, check, "The provider <says> so.");
        });
    server.start(new EntrySurface(server.bus, server.publicUrl));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private EntryView page(String token, String by) {
    if (used.get() || !token.equals("tok")) {
      throw gone();
    }
    if (browser.get() != null && !browser.get().equals(by)) {
      throw new Failure(Code.FORBIDDEN, "in use").with(EntryCalls.OTHER_BROWSER, true);
    }
    return new EntryView(
        "add",
        "anthropic",
        "api.anthropic.com",
        "<main>",
        "tok_\"1\"",
        FakeRooms.NOW,
        browser.get() == null);
  }

  private static Failure gone() {
    return new Failure(Code.GONE, "the link was used or has expired");
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

  private HttpResponse<Buffer> submit(String body, String cookie) {
    return Listening.await(form().putHeader("Cookie", cookie).sendBuffer(Buffer.buffer(body)));
  }

  private static String encoded(String key) {
    return "code=" + CODE + "&key=" + URLEncoder.encode(key, StandardCharsets.UTF_8);
  }

  private static String cookie(HttpResponse<Buffer> answer) {
    var set = answer.getHeader("Set-Cookie");
    return set.substring(0, set.indexOf(';'));
  }

  @Test
  void showsWhatIsAskedForEscaped() {
    var page = server.get("/entry/tok", null);
    assertEquals(200, page.statusCode());
    assertEquals("text/html; charset=utf-8", page.getHeader("Content-Type"));
    var html = page.bodyAsString();
    assertTrue(html.contains("Enter a key for anthropic"));
    assertTrue(html.contains("anthropic at <code>api.anthropic.com</code>"));
    assertTrue(html.contains("API Key Manager at " + server.publicUrl.base()));
    assertTrue(html.contains("&lt;main&gt;"));
    assertTrue(html.contains("tok_&quot;1&quot;"));
    assertTrue(html.contains("22 November 2026, 12:00 UTC"));
    assertTrue(html.contains("autocomplete=\"one-time-code\""));
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

  /** Seen failing with each attribute left out. */
  @Test
  void knowsItsBrowserByACookieThatNobodyElseGets() {
    var set = server.get("/entry/tok", null).getHeader("Set-Cookie");
    assertTrue(
        set.matches(
            "akm_entry=[A-Za-z0-9_-]{43}; Max-Age=3600; Expires=[^;]+; Path=/entry/tok; HTTPOnly;"
                + " SameSite=Strict"),
        set);
    server.publicUrl.set(URI.create("https://127.0.0.1:" + server.port() + "/akm"));
    var secure = server.get("/entry/tok", null).getHeader("Set-Cookie");
    assertTrue(secure.contains("; Secure;"), secure);
    assertTrue(secure.contains("; Path=/akm/entry/tok;"), secure);
  }

  @Test
  void bindsNothingToAProgramThatLooksAtTheLink() {
    server.get("/entry/tok", null);
    server.get("/entry/tok", null);
    assertNull(browser.get());

    var page = server.get("/entry/tok", null);
    assertEquals(200, submit(encoded(CANARY), cookie(page)).statusCode());
    assertEquals("akm_entry=" + browser.get(), cookie(page));
  }

  @Test
  void takesAFormWithoutACookieAndGivesOneForTheNextTry() {
    var first = submit("code=" + CODE + "&key=short");
    assertEquals(400, first.statusCode());
    assertFalse(first.bodyAsString().contains("name=\"code\""));
    assertEquals(200, submit("key=" + "k".repeat(20), cookie(first)).statusCode());
  }

  /** Seen failing with the other browser shown the form. */
  @Test
  void showsAnotherBrowserNothingOfThePage() {
    submit("code=" + CODE + "&key=short");
    for (var page : List.of(server.get("/entry/tok", null), submit(encoded(CANARY)))) {
      assertEquals(403, page.statusCode());
      assertTrue(page.bodyAsString().contains("open in another browser"));
      assertFalse(page.bodyAsString().contains("&lt;main"));
    }
    assertNull(server.get("/entry/tok", null).getHeader("Set-Cookie"));
    assertFalse(used.get());
  }

  @Test
  void neverRepeatsWhatWasEntered() {
    var page = submit("code=" + CANARY.replaceAll("[+%&=]", "") + "&key=two%20words%20here");
    assertEquals(403, page.statusCode());
    assertTrue(page.bodyAsString().contains("tries left: 4"));
    assertFalse(page.bodyAsString().contains("canary"));
    assertFalse(page.bodyAsString().contains("two words"));
    assertFalse(used.get());
  }

  @Test
  void storesTheKeyOnceAndShowsItMaskedWithTheCheck() {
    var page = submit(encoded("  " + CANARY + " "));
    assertEquals(200, page.statusCode());
    assertEquals(Secret.of(CANARY), rooms.asked(EntryCalls.SUBMIT_ENTRY).secret());
    assertTrue(page.bodyAsString().contains("sk-ant-api03-…x9AA"));
    assertTrue(page.bodyAsString().contains("0123456789abcdef"));
    assertTrue(page.bodyAsString().contains("Checked and sealed."));
    assertTrue(page.bodyAsString().contains("The provider &lt;says&gt; so."));
    assertFalse(page.bodyAsString().contains(CANARY));
    assertEquals(410, submit(encoded(CANARY), cookie(page)).statusCode());
    assertEquals(410, server.get("/entry/tok", null).statusCode());
  }

  @Test
  void saysWhenTheProviderDidNotSimplyTakeIt() {
    check = "no-credit";
    assertTrue(submit(encoded(CANARY)).bodyAsString().contains("Sealed, but look:"));
  }

  @Test
  void letsThePersonInsistWithoutAScript() {
    rooms.failing.put(
        EntryCalls.SUBMIT_ENTRY.address(),
        new Failure(Code.CONFLICT, "another provider's").with(EntryCalls.MAY_STORE_ANYWAY, true));
    var refused = submit(encoded(CANARY));
    assertEquals(409, refused.statusCode());
    assertTrue(refused.bodyAsString().contains("name=\"anyway\""));
    assertFalse(rooms.asked(EntryCalls.SUBMIT_ENTRY).anyway());

    rooms.failing.clear();
    submit(encoded(CANARY) + "&anyway=yes", cookie(refused));
    assertTrue(rooms.asked(EntryCalls.SUBMIT_ENTRY).anyway());
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
    var page = submit("code=" + CODE + "&" + body);
    assertEquals(400, page.statusCode());
    assertTrue(page.bodyAsString().contains(expected), page.bodyAsString());
    assertTrue(page.bodyAsString().contains("This link still works"));
    assertTrue(page.bodyAsString().contains("role=\"alert\""));
    assertFalse(used.get());
  }

  @Test
  void refusesALargeForm() {
    assertEquals(413, submit("key=" + "a".repeat(17_000)).statusCode());
    assertEquals(400, submit("code=" + "1".repeat(65)).statusCode());
    assertFalse(used.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site"})
  void refusesAFormOfAnotherSite(String site) {
    var page =
        Listening.await(
            form().putHeader("Sec-Fetch-Site", site).sendBuffer(Buffer.buffer(encoded(CANARY))));
    assertEquals(403, page.statusCode());
    assertTrue(page.bodyAsString().contains("sent from another site"));
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
  @ValueSource(strings = {"/entry/other", "/entry/%3Cscript%3E", "/entry/a%0d%0ab"})
  void showsAPageForALinkThatDoesNotWork(String path) {
    var page = server.get(path, null);
    assertEquals(410, page.statusCode());
    assertTrue(page.bodyAsString().contains("This link no longer works"));
    assertFalse(page.bodyAsString().contains("script>"));
    assertNull(page.getHeader("Set-Cookie"));
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
  void ignoresACookieThatIsNoneOfItsOwn() {
    var page =
        Listening.await(
            server
                .request(HttpMethod.GET, "/entry/tok", null)
                .putHeader("Cookie", "akm_entry=" + CANARY)
                .send());
    assertEquals(200, page.statusCode());
    assertNotEquals(CANARY, rooms.asked(EntryCalls.SHOW_ENTRY).browser());
    assertTrue(page.getHeader("Set-Cookie").startsWith("akm_entry="));
  }

  @Test
  void asksForTheNextVersionWhenAKeyIsRotated() {
    var entry = new EntryView("rotate", "openai", "api.openai.com", "a", "b", null, true);
    var html = new EntryHtml("http://s").form(entry, null, false);
    assertTrue(html.contains("Enter the next key for openai"));
    assertTrue(html.contains("grace period"));
    assertEquals("", EntryHtml.escape(null));
  }
}
