package io.commandcenter.akm.admin;

import io.commandcenter.akm.contract.EntryCalls.EntryView;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.core.crypto.Sha256;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;

/** The one-time page's HTML: no script, no outside resource, everything escaped. */
final class EntryHtml {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final String STYLE =
      """
      :root{color-scheme:light dark;--line:#d5d9e2;--soft:#5b6475;--ink:#12161f;--back:#f4f6fa;\
      --card:#fff;--act:#1f5eff;--bad:#b3261e;--good:#1a7f4b}
      @media(prefers-color-scheme:dark){:root{--line:#323a49;--soft:#9aa5b8;--ink:#eef1f7;\
      --back:#0e1219;--card:#171c26;--act:#6d95ff;--bad:#ff8a80;--good:#63d297}}
      *{box-sizing:border-box}
      body{margin:0;background:var(--back);color:var(--ink);font:16px/1.55 system-ui,sans-serif}
      main{max-width:34rem;margin:8vh auto;padding:2rem;background:var(--card);\
      border:1px solid var(--line);border-radius:14px}
      .server{color:var(--soft);font-size:.85rem;margin:0 0 1rem}
      h1{font-size:1.4rem;line-height:1.25;margin:0 0 1rem}
      dl{display:grid;grid-template-columns:max-content 1fr;gap:.35rem 1.2rem;margin:0 0 1.5rem}
      dt{color:var(--soft)}
      dd{margin:0;overflow-wrap:anywhere}
      label{display:block;font-weight:600;margin-bottom:.4rem}
      input{width:100%;padding:.7rem .8rem;font:inherit;color:inherit;background:var(--back);\
      border:1px solid var(--line);border-radius:8px}
      button{margin-top:1rem;padding:.7rem 1.4rem;font:inherit;font-weight:600;color:#fff;\
      background:#1f5eff;border:0;border-radius:8px;cursor:pointer}
      input:focus-visible,button:focus-visible{outline:3px solid var(--act);outline-offset:2px}
      .note{color:var(--soft);font-size:.9rem;margin:1.2rem 0 0}
      .bad{border-left:4px solid var(--bad);padding:.2rem 0 .2rem .9rem;margin:0 0 1.2rem}
      .good{color:var(--good)}
      """;

  /** Only this style, only forms to this server, in no one's frame. */
  static final String POLICY =
      "default-src 'none'; style-src 'sha256-"
          + Base64.getEncoder().encodeToString(Sha256.of(STYLE))
          + "'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

  private EntryHtml() {}

  /**
   * @param refusal why the last try failed, or null
   */
  static String form(String server, EntryView entry, String refusal) {
    var rotates = "rotate".equals(entry.purpose());
    var title = (rotates ? "Enter the next key for " : "Enter a key for ") + entry.provider();
    var error =
        refusal == null
            ? ""
            : """
              <p class="bad" role="alert"><strong>Not stored:</strong> %s. This link still works.</p>
              """
                .formatted(escape(refusal));
    return page(
        server,
        title,
        error
            + """
              <dl><dt>Provider</dt><dd>%s</dd><dt>Label</dt><dd>%s</dd>\
              <dt>Asked for by</dt><dd>%s</dd><dt>Open until</dt><dd>%s</dd></dl>
              <form method="post" autocomplete="off">
              <label for="key">Key</label>
              <input id="key" name="key" type="password" required minlength="8" maxlength="4096" \
              autocomplete="off" autocapitalize="off" spellcheck="false" autofocus>
              <button type="submit">%s</button>
              </form>
              <p class="note">The key is sealed on this server and is never shown again, in no \
              chat, log or answer. %s This page works once.</p>
              """
                .formatted(
                    escape(entry.provider()),
                    escape(entry.label()),
                    escape(entry.initiatedBy()),
                    time(entry.expiresAt()),
                    rotates ? "Replace the key" : "Seal the key",
                    rotates ? "The old version ends after its grace period." : ""));
  }

  static String stored(String server, KeyInfo key) {
    return page(
        server,
        "The key is stored",
        """
        <p class="good"><strong>Sealed.</strong> You can close this page.</p>
        <dl><dt>Provider</dt><dd>%s</dd><dt>Label</dt><dd>%s</dd><dt>Key</dt><dd>%s</dd>\
        <dt>Fingerprint</dt><dd>%s</dd><dt>Version</dt><dd>%d</dd></dl>
        """
            .formatted(
                escape(key.provider()),
                escape(key.label()),
                escape(key.masked()),
                escape(key.fingerprint()),
                key.version()));
  }

  static String gone(String server) {
    return page(
        server,
        "This link no longer works",
        """
        <p>It was used, has expired, or never existed. Ask for a new link where you got this one.\
        </p>
        """);
  }

  /** Something else is wrong; nothing was stored. */
  static String trouble(String server, String detail) {
    return page(
        server,
        "That did not work",
        """
        <p class="bad" role="alert"><strong>Nothing was stored:</strong> %s.</p>
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

  private static String page(String server, String title, String body) {
    return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>%s</title>
        <style>%s</style>
        </head>
        <body><main>
        <p class="server">API Key Manager at %s</p>
        <h1>%s</h1>
        %s</main></body>
        </html>
        """
        .formatted(escape(title), STYLE, escape(server), escape(title), body);
  }

  private static String time(Instant at) {
    return at == null ? "" : TIME.format(at);
  }
}
