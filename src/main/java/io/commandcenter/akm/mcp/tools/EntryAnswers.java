package io.commandcenter.akm.mcp.tools;

import io.commandcenter.akm.contract.EntryCalls.EntryLink;
import io.commandcenter.akm.contract.EntryCalls.EntryStatus;
import io.commandcenter.akm.contract.Wire;
import io.vertx.core.json.JsonObject;

/** What is said of a one-time page. */
final class EntryAnswers {
  private EntryAnswers() {}

  static ToolAnswer opening(EntryLink link) {
    var message =
        "Enter the %s key \"%s\" on this page of the API Key Manager. Confirmation code: %s"
            .formatted(link.provider(), link.label(), link.code());
    return new ToolAnswer.Opening(message, link.url(), link.entryId(), Wire.toJson(link));
  }

  static ToolAnswer opened(EntryLink link, String purpose) {
    return waiting(
        link,
        purpose,
        "The person was shown the one-time page for the key %s/%s and agreed to enter it there, but"
            + " has not done so yet. If it did not open: %s (confirmation code %s, works once, until"
            + " %s).");
  }

  static ToolAnswer handedOver(EntryLink link, String purpose) {
    return waiting(
        link,
        purpose,
        "Nothing is stored yet. Give the person who has the key %s/%s this one-time link, to open"
            + " in a browser: %s (confirmation code %s, works once, until %s). Never ask for the key"
            + " in this conversation.");
  }

  private static ToolAnswer waiting(EntryLink link, String purpose, String words) {
    var structured =
        KeyAnswers.status("waiting", link.provider(), link.label())
            .put("entry_id", link.entryId())
            .put("url", link.url())
            .put("code", link.code())
            .put("expires_at", link.expiresAt().toString());
    var text =
        words.formatted(link.provider(), link.label(), link.url(), link.code(), link.expiresAt());
    return ToolAnswer.of(structured, text + " " + next(purpose, link.entryId()));
  }

  private static String next(String purpose, String entryId) {
    return "When the person is done, call %s again with the same provider and label and entry_id=%s: it tells what was stored."
        .formatted(tool(purpose), entryId);
  }

  static ToolAnswer declined(EntryLink link) {
    return ToolAnswer.of(
        KeyAnswers.status("declined", link.provider(), link.label())
            .put("entry_id", link.entryId()),
        "The person did not agree to open the page; nothing was changed. Ask before trying again.");
  }

  /** What became of a page: stored, waiting, expired or closed. */
  static ToolAnswer ofPage(EntryStatus page) {
    var state = page.state().equals("open") ? "waiting" : page.state();
    var structured =
        KeyAnswers.status(state, page.provider(), page.label())
            .put("entry_id", page.entryId())
            .put("expires_at", page.expiresAt().toString());
    put(structured, "reason", page.reason());
    put(structured, "check", page.check());
    put(structured, "detail", page.detail());
    if (page.key() != null) {
      KeyAnswers.putKey(structured, page.key());
      put(structured, "rotation_id", page.key().rotationId());
    }
    return ToolAnswer.of(structured, text(page));
  }

  private static void put(JsonObject structured, String name, String value) {
    if (value != null) {
      structured.put(name, value);
    }
  }

  private static String text(EntryStatus page) {
    var which = page.provider() + "/" + page.label();
    return switch (page.state()) {
      case "stored" ->
          "Stored %s: %s, %s, version %d, %s. The provider: %s%s."
              .formatted(
                  which,
                  page.key().keyId(),
                  page.key().masked(),
                  page.key().version(),
                  page.key().state(),
                  page.check(),
                  page.detail() == null ? "" : " (" + page.detail() + ")");
      case "open" ->
          "No key was entered for %s yet; the page works until %s. %s"
              .formatted(which, page.expiresAt(), next(page.purpose(), page.entryId()));
      case "closed" ->
          "The page for %s was closed (%s); nothing was stored. %s"
              .formatted(which, page.reason(), again(page.purpose()));
      default ->
          "The page for %s has expired; nothing was stored. %s"
              .formatted(which, again(page.purpose()));
    };
  }

  private static String again(String purpose) {
    return "Call %s without entry_id for a new page.".formatted(tool(purpose));
  }

  private static String tool(String purpose) {
    return purpose.equals("add") ? "add_api_key" : "rotate_key";
  }
}
