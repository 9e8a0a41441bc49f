package io.commandcenter.akm.testkit;

import static io.commandcenter.akm.testkit.TestVertx.await;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;

/** A person's browser on one-time pages: it keeps the cookie that a page gives it. */
public final class EntryPages {
  private final WebClient client;
  private String cookie;

  public EntryPages(Vertx vertx) {
    client = WebClient.create(vertx);
  }

  public HttpResponse<Buffer> open(String url) {
    return keep(await(cookied(client.getAbs(url)).send()));
  }

  /**
   * @param link with url and code, as REST and MCP answer it
   */
  public HttpResponse<Buffer> enter(JsonObject link, String key) {
    open(link.getString("url"));
    return submit(link.getString("url"), form(link.getString("code"), key));
  }

  /** Fills the form of a page that is open already. */
  public HttpResponse<Buffer> submit(String url, MultiMap form) {
    return keep(await(cookied(client.postAbs(url)).sendForm(form)));
  }

  /**
   * @param code null for a form without one
   */
  public static MultiMap form(String code, String key) {
    var form = MultiMap.caseInsensitiveMultiMap().add("key", key);
    return code == null ? form : form.add("code", code);
  }

  private <T> io.vertx.ext.web.client.HttpRequest<T> cookied(
      io.vertx.ext.web.client.HttpRequest<T> request) {
    return cookie == null ? request : request.putHeader("Cookie", cookie);
  }

  private HttpResponse<Buffer> keep(HttpResponse<Buffer> answer) {
    var set = answer.getHeader("Set-Cookie");
    if (set != null) {
      cookie = set.substring(0, set.indexOf(';'));
    }
    return answer;
  }
}
