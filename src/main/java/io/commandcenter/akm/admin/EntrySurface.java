package io.commandcenter.akm.admin;

import io.commandcenter.akm.config.PublicUrl;
import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.EntryCalls;
import io.commandcenter.akm.contract.EntryCalls.EntryView;
import io.commandcenter.akm.contract.EntryCalls.ShowEntry;
import io.commandcenter.akm.contract.EntryCalls.StoredEntry;
import io.commandcenter.akm.contract.EntryCalls.SubmitEntry;
import io.commandcenter.akm.contract.EntryCalls.UnlockEntry;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.http.Answers;
import io.commandcenter.akm.http.FormText;
import io.commandcenter.akm.http.Gate;
import io.commandcenter.akm.http.Problems;
import io.commandcenter.akm.http.RequestBody;
import io.commandcenter.akm.http.Secrets;
import io.commandcenter.akm.http.Surface;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * {@code /entry/{token}}: the page on which a person enters a key. It needs no bearer token: the
 * path and the confirmation code are the credential, work once and only for minutes, so the path
 * must not get into a log.
 */
public final class EntrySurface implements Surface {
  private static final int MAX_FORM = 16 * 1024;
  private static final int MAX_CODE = 64;
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{1,128}");
  private static final Set<String> OWN_PAGE = Set.of("same-origin", "none");

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          EntryStyle.POLICY,
          // Not no-referrer: with it a browser sends the form with `Origin: null`, which is
          // refused.
          "Referrer-Policy",
          "same-origin",
          "X-Frame-Options",
          "DENY");

  private final Asking bus;
  private final PublicUrl publicUrl;
  private final EntryBrowser browsers = new EntryBrowser(new SecureRandom());

  public EntrySurface(Asking bus, PublicUrl publicUrl) {
    this.bus = bus;
    this.publicUrl = publicUrl;
  }

  @Override
  public void mount(Router router, Gate gate) {
    router.get("/entry/:token").handler(this::show).failureHandler(this::failed);
    router.post("/entry/:token").handler(this::submit).failureHandler(this::failed);
  }

  private void show(RoutingContext rc) {
    find(rc, browsers.known(rc).orElse(null))
        .onSuccess(
            entry -> {
              if (entry.locked()) {
                browsers.give(rc, page(rc), browsers.knownOrNew(rc));
              }
              send(rc, 200, html().form(entry, null, false));
            })
        .onFailure(rc::fail);
  }

  private void submit(RoutingContext rc) {
    // A page of another site cannot know the path; this refuses one that somehow does.
    var site = rc.request().getHeader("Sec-Fetch-Site");
    if (site != null && !OWN_PAGE.contains(site)) {
      throw new Failure(Code.FORBIDDEN, "the form was sent from another site");
    }
    RequestBody.requireType(rc, "application/x-www-form-urlencoded");
    var browser = browsers.knownOrNew(rc);
    RequestBody.read(rc, MAX_FORM)
        .compose(form -> unlock(rc, form, browser).compose(open -> store(rc, form, browser)))
        .onSuccess(stored -> send(rc, 200, html().stored(stored)))
        .onFailure(cause -> retry(rc, browser, cause));
  }

  /** First the code, so that a person who mistypes the key need not enter it again. */
  private Future<EntryView> unlock(RoutingContext rc, Buffer form, String browser) {
    var code = FormText.of(form, "code", MAX_CODE).orElse(null);
    return bus.ask(EntryCalls.UNLOCK_ENTRY, new UnlockEntry(token(rc), code, browser))
        .onSuccess(open -> browsers.give(rc, page(rc), browser));
  }

  private Future<StoredEntry> store(RoutingContext rc, Buffer form, String browser) {
    var anyway = FormText.of(form, "anyway", MAX_CODE).isPresent();
    var key = Secrets.ofForm(form, "key");
    return bus.ask(EntryCalls.SUBMIT_ENTRY, new SubmitEntry(token(rc), browser, key, anyway));
  }

  /** The form again if the link still works, or what became of it. */
  private void retry(RoutingContext rc, String browser, Throwable cause) {
    find(rc, browser)
        .onSuccess(
            entry -> {
              var failure = Problems.failureOf(rc, cause);
              var mayInsist = failure.context().containsKey(EntryCalls.MAY_STORE_ANYWAY);
              send(
                  rc, failure.code().httpStatus(), html().form(entry, failure.detail(), mayInsist));
            })
        .onFailure(unusable -> rc.fail(isEnd(cause) || !isEnd(unusable) ? cause : unusable));
  }

  private Future<EntryView> find(RoutingContext rc, String browser) {
    return Future.succeededFuture(new ShowEntry(token(rc), browser))
        .compose(entry -> bus.ask(EntryCalls.SHOW_ENTRY, entry));
  }

  private void failed(RoutingContext rc) {
    var failure = Problems.failureOf(rc, rc.failure());
    var page =
        switch (failure.code()) {
          case GONE, NOT_FOUND -> html().gone(failure.detail());
          case FORBIDDEN ->
              isOfAnother(failure) ? html().elsewhere() : html().trouble(failure.detail());
          default -> html().trouble(failure.detail());
        };
    var status = failure.code() == Code.NOT_FOUND ? Code.GONE : failure.code();
    send(rc, status.httpStatus(), page);
  }

  /** Whether nothing more can be done on this page in this browser. */
  private static boolean isEnd(Throwable cause) {
    return cause instanceof Failure failure
        && (failure.code() == Code.GONE || isOfAnother(failure));
  }

  private static boolean isOfAnother(Failure failure) {
    return failure.context().containsKey(EntryCalls.OTHER_BROWSER);
  }

  /** Never anything but a token goes on: a path may hold what its sender likes. */
  private static String token(RoutingContext rc) {
    var token = rc.pathParam("token");
    if (!TOKEN.matcher(token).matches()) {
      throw new Failure(Code.GONE, "this page was used or has expired; ask for a new link");
    }
    return token;
  }

  private URI page(RoutingContext rc) {
    return URI.create(publicUrl.of("/entry/" + token(rc)));
  }

  private EntryHtml html() {
    return new EntryHtml(publicUrl.base().toString());
  }

  private static void send(RoutingContext rc, int status, String html) {
    Answers.send(rc, status, "text/html; charset=utf-8", HEADERS, html);
  }
}
