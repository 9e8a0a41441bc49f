package io.commandcenter.akm.testkit;

import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;

/** The one-time link that stands in a text for people. */
public final class EntryLinks {
  private static final Pattern URL = Pattern.compile("http\\S+/entry/[\\w-]+");
  private static final Pattern CODE = Pattern.compile("code:? (\\d{3}-\\d{3})");

  private EntryLinks() {}

  /** Its {@code url} and {@code code}. */
  public static JsonObject in(String text) {
    var url = URL.matcher(text);
    var code = CODE.matcher(text);
    if (!url.find() || !code.find()) {
      throw new AssertionError("no link in " + text);
    }
    return new JsonObject().put("url", url.group()).put("code", code.group(1));
  }
}
