package io.commandcenter.akm.admin;

import io.commandcenter.akm.config.PublicUrl;
import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.EntryCalls;
import io.commandcenter.akm.contract.EntryCalls.EntryView;
import io.commandcenter.akm.contract.EntryCalls.ShowEntry;
import io.commandcenter.akm.contract.EntryCalls.SubmitEntry;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.http.Answers;
import io.commandcenter.akm.http.Gate;
import io.commandcenter.akm.http.Problems;
import io.commandcenter.akm.http.RequestBody;
import io.commandcenter.akm.http.Secrets;
import io.commandcenter.akm.http.Surface;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Set;

/**
 * {@code /entry/{token}}: the page on which a person enters a key. It needs no bearer token: the
 * path is the credential, works once and only for minutes, so it must not get into a log.
 */
public final class EntrySurface implements Surface {
  private static final int MAX_FORM = 16 * 1024;
  private static final Set<String> OWN_PAGE = Set.of("same-origin", "none");

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          EntryHtml.POLICY,
          // Not no-referrer: with it a browser sends the form with `Origin: null`, which is
          // refused.
          "Referrer-Policy",
          "same-origin",
          "X-Frame-Options",
          "DENY");

  private final Asking bus;
  private final PublicUrl publicUrl;

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
    find(rc)
        .onSuccess(entry -> send(rc, 200, EntryHtml.form(server(), entry, null)))
        .onFailure(rc::fail);
  }

  private void submit(RoutingContext rc) {
    // A page of another site cannot know the path; this refuses one that somehow does.
    var site = rc.request().getHeader("Sec-Fetch-Site");
    if (site != null && !OWN_PAGE.contains(site)) {
      throw new Failure(Code.FORBIDDEN, "the form was sent from another site");
    }
    RequestBody.requireType(rc, "application/x-www-form-urlencoded");
    RequestBody.read(rc, MAX_FORM)
        .map(form -> new SubmitEntry(rc.pathParam("token"), Secrets.ofForm(form, "key")))
        .compose(entry -> bus.ask(EntryCalls.SUBMIT_ENTRY, entry))
        .onSuccess(key -> send(rc, 200, EntryHtml.stored(server(), key)))
        .onFailure(cause -> retry(rc, cause));
  }

  /** The form again if the link still works, or what became of it. */
  private void retry(RoutingContext rc, Throwable cause) {
    find(rc)
        .onSuccess(
            entry -> {
              var failure = Problems.failureOf(rc, cause);
              var status = failure.code().httpStatus();
              send(rc, status, EntryHtml.form(server(), entry, failure.detail()));
            })
        .onFailure(gone -> rc.fail(isGone(gone) ? gone : cause));
  }

  private Future<EntryView> find(RoutingContext rc) {
    return Future.succeededFuture(rc.pathParam("token"))
        .map(ShowEntry::new)
        .compose(entry -> bus.ask(EntryCalls.SHOW_ENTRY, entry));
  }

  private void failed(RoutingContext rc) {
    if (isGone(rc.failure())) {
      send(rc, Code.GONE.httpStatus(), EntryHtml.gone(server()));
      return;
    }
    var failure = Problems.failureOf(rc, rc.failure());
    send(rc, failure.code().httpStatus(), EntryHtml.trouble(server(), failure.detail()));
  }

  private static boolean isGone(Throwable cause) {
    return cause instanceof Failure failure
        && (failure.code() == Code.GONE || failure.code() == Code.NOT_FOUND);
  }

  private String server() {
    return publicUrl.base().toString();
  }

  private static void send(RoutingContext rc, int status, String html) {
    Answers.send(rc, status, "text/html; charset=utf-8", HEADERS, html);
  }
}
