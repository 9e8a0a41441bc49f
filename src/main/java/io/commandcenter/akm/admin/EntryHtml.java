package io.commandcenter.akm.admin;

import io.commandcenter.akm.contract.EntryCalls.EntryView;
import io.commandcenter.akm.contract.EntryCalls.StoredEntry;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The one-time page's HTML: no script, no outside resource, everything escaped, and nothing that
 * was entered is ever repeated.
 */
final class EntryHtml {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final String CODE =
      """
      <label for="code">Confirmation code</label>
      <p class="hint" id="code-hint">Six digits. They stand where you got this link.</p>
      <input class="code" id="code" name="code" type="text" inputmode="numeric" required \
      maxlength="16" autocomplete="one-time-code" aria-describedby="code-hint" autofocus>
      """;

  private static final String ANYWAY =
      """
      <label class="check"><input type="checkbox" name="anyway" value="yes">\
      <span>The key is right: store it anyway.</span></label>
      """;

  private final String server;

  /**
   * @param server as people reach it
   */
  EntryHtml(String server) {
    this.server = server;
  }

  /**
   * @param refusal why the last try failed, or null
   * @param mayInsist whether the person may have the refused key stored
   */
  String form(EntryView entry, String refusal, boolean mayInsist) {
    var rotates = "rotate".equals(entry.purpose());
    var title = (rotates ? "Enter the next key for " : "Enter a key for ") + entry.provider();
    return page(
        title,
        refusal == null ? "" : "Not stored: ",
        refused(refusal)
            + about(entry)
            + "<form method=\"post\" autocomplete=\"off\">\n"
            + (entry.locked() ? CODE : "")
            + key(entry)
            + (mayInsist ? ANYWAY : "")
            + """
              <button type="submit">%s</button>
              </form>
              <p class="note">Before it is stored, this server asks %s whether it takes the key; \
              that is free. Then the key is sealed and never shown again, in no chat, log or \
              answer. %sThis page works once.</p>
              """
                .formatted(
                    rotates ? "Check and replace the key" : "Check and seal the key",
                    escape(entry.host()),
                    rotates ? "The old version ends after its grace period. " : ""));
  }

  private static String refused(String refusal) {
    return refusal == null
        ? ""
        : """
          <p class="box bad" role="alert"><strong>Not stored:</strong> %s. This link still works.</p>
          """
            .formatted(escape(refusal));
  }

  private static String about(EntryView entry) {
    return """
        <dl><dt>Provider</dt><dd>%s at <code>%s</code></dd><dt>Label</dt><dd>%s</dd>\
        <dt>Asked for by</dt><dd>%s</dd><dt>Open until</dt><dd>%s</dd></dl>
        """
        .formatted(
            escape(entry.provider()),
            escape(entry.host()),
            escape(entry.label()),
            escape(entry.initiatedBy()),
            time(entry.expiresAt()));
  }

  private static String key(EntryView entry) {
    return """
        <label for="key">Key</label>
        <p class="hint" id="key-hint">It goes to this server and to %s, nowhere else.</p>
        <input id="key" name="key" type="password" required minlength="8" maxlength="4096" \
        autocomplete="off" autocapitalize="off" spellcheck="false" aria-describedby="key-hint"%s>
        """
        .formatted(escape(entry.host()), entry.locked() ? "" : " autofocus");
  }

  String stored(StoredEntry stored) {
    var key = stored.key();
    return page(
        "The key is stored",
        "",
        """
        <p class="box %s" role="status"><strong>%s</strong> %s You can close this page.</p>
        <dl><dt>Provider</dt><dd>%s</dd><dt>Label</dt><dd>%s</dd><dt>Key</dt><dd><code>%s</code></dd>\
        <dt>Fingerprint</dt><dd><code>%s</code></dd><dt>Version</dt><dd>%d</dd>\
        <dt>State</dt><dd>%s</dd><dt>Check</dt><dd>%s</dd></dl>
        """
            .formatted(
                "valid".equals(stored.check()) ? "good" : "warn",
                "valid".equals(stored.check()) ? "Checked and sealed." : "Sealed, but look:",
                escape(stored.detail()),
                escape(key.provider()),
                escape(key.label()),
                escape(key.masked()),
                escape(key.fingerprint()),
                key.version(),
                escape(key.state()),
                escape(stored.check())));
  }

  /**
   * @param detail what is known of why
   */
  String gone(String detail) {
    return page(
        "This link no longer works",
        "",
        """
        <p>It was used, has expired, or never existed. Ask for a new link where you got this one.\
        </p>
        <p class="note">The server says: %s.</p>
        """
            .formatted(escape(detail)));
  }

  /**
   * A browser withholds the cookie from a link in a chat, so its own page may look foreign to it.
   */
  String elsewhere() {
    return page(
        "This page is open in another browser",
        "",
        """
        <p>The confirmation code was entered in one browser, and only that one may go on.</p>
        <p><a href="">If it was this one, go on here</a></p>
        <p class="note">If you did not enter the code and nobody you know did, tell whoever gave you \
        the link: it has fallen into other hands.</p>
        """);
  }

  /** Something else is wrong; nothing was stored. */
  String trouble(String detail) {
    return page(
        "That did not work",
        "",
        """
        <p class="box bad" role="alert"><strong>Nothing was stored:</strong> %s.</p>
        """
            .formatted(escape(detail)));
  }

  static String escape(String text) {
    if (text == null) {
      return "";
    }
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /**
   * @param before what a reader's window says before the title
   */
  private String page(String title, String before, String body) {
    return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>%s%s</title>
        <style>%s</style>
        </head>
        <body><main>
        <p class="server">API Key Manager at %s</p>
        <h1>%s</h1>
        %s</main></body>
        </html>
        """
        .formatted(before, escape(title), EntryStyle.CSS, escape(server), escape(title), body);
  }

  private static String time(Instant at) {
    return at == null ? "" : TIME.format(at);
  }
}
