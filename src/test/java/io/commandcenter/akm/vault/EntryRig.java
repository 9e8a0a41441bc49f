package io.commandcenter.akm.vault;

import static io.commandcenter.akm.vault.Vaults.BY;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.EntryCalls;
import io.commandcenter.akm.contract.EntryCalls.AskEntry;
import io.commandcenter.akm.contract.EntryCalls.BeginEntry;
import io.commandcenter.akm.contract.EntryCalls.EntryLink;
import io.commandcenter.akm.contract.EntryCalls.EntryStatus;
import io.commandcenter.akm.contract.EntryCalls.EntryView;
import io.commandcenter.akm.contract.EntryCalls.ShowEntry;
import io.commandcenter.akm.contract.EntryCalls.StoredEntry;
import io.commandcenter.akm.contract.EntryCalls.SubmitEntry;
import io.commandcenter.akm.contract.EntryCalls.UnlockEntry;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.Secret;

/** One-time pages of a vault, as the initiator and a person use them. */
record EntryRig(Vaults vault) {
  static final String BROWSER = "browser-1";

  EntryLink begin(String purpose, String label) {
    return vault.ask(EntryCalls.BEGIN_ENTRY, new BeginEntry(purpose, "anthropic", label, BY));
  }

  /** A page that is unlocked already. */
  EntryLink unlocked(String purpose, String label) {
    var link = begin(purpose, label);
    unlock(link, link.code(), BROWSER);
    return link;
  }

  EntryView unlock(EntryLink link, String code, String browser) {
    return vault.ask(EntryCalls.UNLOCK_ENTRY, new UnlockEntry(token(link), code, browser));
  }

  Failure locked(Code expected, EntryLink link, String code, String browser) {
    return vault.refused(
        expected, EntryCalls.UNLOCK_ENTRY, new UnlockEntry(token(link), code, browser));
  }

  EntryView show(EntryLink link, String browser) {
    return vault.ask(EntryCalls.SHOW_ENTRY, new ShowEntry(token(link), browser));
  }

  StoredEntry submit(EntryLink link, String key) {
    return vault.ask(EntryCalls.SUBMIT_ENTRY, form(link, key));
  }

  Failure refused(Code expected, EntryLink link, String key) {
    return vault.refused(expected, EntryCalls.SUBMIT_ENTRY, form(link, key));
  }

  EntryStatus status(EntryLink link) {
    return vault.ask(EntryCalls.STATUS, new AskEntry(link.entryId(), BY, false));
  }

  static SubmitEntry form(EntryLink link, String key) {
    return new SubmitEntry(token(link), BROWSER, Secret.of(key), false);
  }

  static String token(EntryLink link) {
    return link.url().substring(link.url().lastIndexOf('/') + 1);
  }

  /** Of the same length, and another. */
  static String wrong(String code) {
    return code.charAt(0) == '0' ? "1" + code.substring(1) : "0" + code.substring(1);
  }
}
