package io.commandcenter.akm.vault;

import static io.commandcenter.akm.vault.EntryRig.BROWSER;
import static io.commandcenter.akm.vault.EntryRig.token;
import static io.commandcenter.akm.vault.Vaults.BY;
import static io.commandcenter.akm.vault.Vaults.KEY;
import static io.commandcenter.akm.vault.Vaults.NEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.AuditCalls.AuditRow;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.EntryCalls;
import io.commandcenter.akm.contract.EntryCalls.BeginEntry;
import io.commandcenter.akm.contract.EntryCalls.EntryTerms;
import io.commandcenter.akm.contract.EntryCalls.ShowEntry;
import io.commandcenter.akm.contract.EntryCalls.SubmitEntry;
import io.commandcenter.akm.contract.Facts;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.core.crypto.WrapToken;
import io.commandcenter.akm.provider.Upstream.KeyVerdict;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a key that a person entered. */
class EnteredKeyTest {
  private static final String OPENAI_KEY = "sk-proj-0123456789abcdef0123456789";

  @TempDir Path folder;
  private Vaults vault;
  private EntryRig pages;

  @BeforeEach
  void open() {
    vault = Vaults.open(folder);
    vault.publicUrl.set(URI.create("https://akm.example.com"));
    pages = new EntryRig(vault);
  }

  @AfterEach
  void close() {
    vault.close();
  }

  @Test
  void sealsWhatAPersonEnteredAndTellsWhichPageItWas() {
    var link = pages.unlocked("add", "main");
    var stored = pages.submit(link, "  " + KEY + "\n");

    assertEquals(Secret.of(KEY), vault.lease(stored.key().keyId()).secret());
    assertEquals("valid", stored.check());
    assertEquals("the provider takes the key", stored.detail());
    assertNotNull(stored.key().lastValidatedAt());
    vault.until(() -> vault.facts.stream().anyMatch(fact -> link.entryId().equals(fact.entryId())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"two words", "", "   ", "akm_admin_0123456789abcdefghij0123456789"})
  void leavesThePageOpenWhenThePersonPastedWrongly(String pasted) {
    var link = pages.unlocked("add", "main");
    pages.refused(Code.BAD_REQUEST, link, pasted.isEmpty() ? "\n" : pasted);
    pages.refused(Code.BAD_REQUEST, link, WrapToken.mint(Vaults.RANDOM));
    pages.refused(Code.TOO_LARGE, link, "k".repeat(4097));

    assertTrue(vault.provider.keys.isEmpty());
    assertEquals("main", pages.submit(link, KEY).key().label());
  }

  /** Seen failing with the forms uncompared. */
  @Test
  void storesAKeyOfAnotherProvidersFormOnlyIfThePersonInsists() {
    var link = pages.unlocked("add", "main");
    var refusal = pages.refused(Code.CONFLICT, link, OPENAI_KEY);
    assertEquals(true, refusal.context().get(EntryCalls.MAY_STORE_ANYWAY));
    assertFalse(refusal.detail().contains("0123456789"));
    assertTrue(vault.provider.keys.isEmpty());

    var anyway = new SubmitEntry(token(link), BROWSER, Secret.of(OPENAI_KEY), true);
    assertEquals("valid", vault.ask(EntryCalls.SUBMIT_ENTRY, anyway).check());
  }

  @Test
  void takesFormsThatSayNothingAboutTheProvider() {
    for (var key : List.of("sk-0123456789abcdef0123456789", "an-unknown-form-0123456789")) {
      var link = pages.unlocked("add", "l" + key.length());
      assertEquals("active", pages.submit(link, key).key().state());
    }
  }

  /** Seen failing with the provider's word ignored. */
  @ParameterizedTest
  @ValueSource(strings = {"invalid", "expired"})
  void storesNothingThatTheProviderDoesNotTake(String outcome) {
    var link = pages.unlocked("add", "main");
    vault.provider.verdict = new KeyVerdict(outcome, 401, "raw words of ours");
    pages.refused(Code.BAD_REQUEST, link, NEXT);

    assertEquals(0, vault.audited("key.add"));
    var denied = vault.audit().stream().filter(row -> row.outcome().equals("denied")).toList();
    assertEquals(List.of("entry.check"), denied.stream().map(AuditRow::action).toList());
    assertTrue(denied.get(0).detail().contains("reason=" + outcome), denied.get(0).detail());
    assertTrue(denied.get(0).detail().contains("fingerprint="), denied.get(0).detail());
    vault.provider.verdict = new KeyVerdict("valid", 200, "taken");
    assertEquals("main", pages.submit(link, KEY).key().label());
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-credit", "no-permission", "rate-limited", "network", "unchecked"})
  void storesWhatTheProviderMayStillTakeAndSaysSo(String outcome) {
    vault.provider.verdict = new KeyVerdict(outcome, 0, "our words");
    var link = pages.unlocked("add", "main");
    var stored = pages.submit(link, KEY);

    assertEquals(outcome, stored.check());
    assertEquals("our words", stored.detail());
    assertEquals("active", stored.key().state());
    assertNull(stored.key().lastValidatedAt());
    assertEquals(outcome, pages.status(link).check());
  }

  /** Seen failing with the checks uncounted. */
  @Test
  void asksTheProviderAtMostTenTimesForAPage() {
    var link = pages.unlocked("add", "main");
    vault.provider.verdict = new KeyVerdict("invalid", 401, "no");
    for (int i = 0; i < EntryPage.MAX_CHECKS; i++) {
      pages.refused(Code.BAD_REQUEST, link, NEXT);
    }

    pages.refused(Code.GONE, link, KEY);
    assertEquals(10, vault.provider.keys.size());
    assertEquals("too-many-keys", pages.status(link).reason());
  }

  /** Seen failing without a bound. */
  @Test
  void doesNotWaitForAProviderThatKeepsSilent() {
    vault.provider.verdicts = key -> Promise.<KeyVerdict>promise().future();
    var entered = vault.entered(Duration.ofMillis(50));

    var verdict = Vaults.await(entered.ask("anthropic", Secret.of(KEY)));
    assertEquals("network", verdict.outcome());
    assertEquals(Duration.ofSeconds(10), EnteredKey.TIMEOUT);
  }

  /** Seen failing with the page not looked at again after the check. */
  @Test
  void sealsNothingIfTheAskerIsRevokedDuringTheCheck() {
    var answer = Promise.<KeyVerdict>promise();
    vault.provider.verdicts = key -> answer.future();
    var link = pages.unlocked("add", "main");
    var submitted = vault.bus.ask(EntryCalls.SUBMIT_ENTRY, EntryRig.form(link, KEY));
    vault.until(() -> vault.provider.keys.size() == 1);
    vault.bus.publish(Facts.TOKEN_CHANGED, new Facts.TokenChanged(BY, "revoked"));
    vault.until(() -> pages.status(link).state().equals("closed"));
    answer.complete(new KeyVerdict("valid", 200, "taken"));

    Vaults.await(submitted.transform(done -> Future.succeededFuture()));
    assertTrue(submitted.failed());
    assertEquals(0, vault.audited("key.add"));
  }

  @Test
  void leavesThePageOpenWhenTheKeyCouldNotBeSealed() {
    var link = pages.unlocked("add", "main");
    vault.add("main", NEXT);
    pages.refused(Code.CONFLICT, link, KEY);

    var show = new ShowEntry(token(link), BROWSER);
    assertEquals("main", vault.ask(EntryCalls.SHOW_ENTRY, show).label());
  }

  @Test
  void rotatesAKeyOnAPage() {
    vault.add("main", KEY);

    assertEquals(2, pages.submit(pages.unlocked("rotate", "main"), NEXT).key().version());
  }

  @Test
  void keepsWhatWasSaidOfTheKeyUntilItIsEntered() {
    var end = vault.clock.instant().plus(Duration.ofDays(90));
    var terms = EntryTerms.ofNew(7, end, List.of("eu", "batch"), "Ada Lovelace", 30, "minting");
    var link =
        vault.ask(EntryCalls.BEGIN_ENTRY, new BeginEntry("add", "anthropic", "main", BY, terms));
    pages.unlock(link, link.code(), BROWSER);
    var key = pages.submit(link, KEY).key();

    assertEquals(7, key.weight());
    assertEquals(end, key.expiresAt());
    assertEquals(List.of("eu", "batch"), key.tags());
    assertEquals("Ada Lovelace", key.owner());
    assertEquals(30, key.maxAgeDays());
    assertEquals("minting", key.purpose());
  }

  @Test
  void keepsTheGraceOfARotationUntilTheKeyIsEntered() {
    vault.add("main", KEY);
    var terms = EntryTerms.ofNext(0L, 0);
    var ask = new BeginEntry("rotate", "anthropic", "main", BY, terms);
    var link = vault.ask(EntryCalls.BEGIN_ENTRY, ask);
    pages.unlock(link, link.code(), BROWSER);
    pages.submit(link, NEXT);

    vault.until(() -> vault.audited("key.erase") == 1);
  }

  @Test
  void refusesWhatAPageCannotKeep() {
    var soon =
        EntryTerms.ofNew(null, vault.clock.instant().plusSeconds(60), null, null, null, null);
    refusesTerms("add", soon);
    refusesTerms("rotate", EntryTerms.ofNew(2, null, null, null, null, null));
    refusesTerms("add", EntryTerms.ofNext(60L, null));
    var owner = EntryTerms.ofNew(null, null, null, KEY, null, null);
    vault.refused(
        Code.KEY_IN_ARGUMENT,
        EntryCalls.BEGIN_ENTRY,
        new BeginEntry("add", "anthropic", "main", BY, owner));
  }

  private void refusesTerms(String purpose, EntryTerms terms) {
    var failure =
        org.junit.jupiter.api.Assertions.assertThrows(
            io.commandcenter.akm.contract.Failure.class,
            () ->
                vault.ask(
                    EntryCalls.BEGIN_ENTRY,
                    new BeginEntry(purpose, "anthropic", "main", BY, terms)));
    assertEquals(Code.BAD_REQUEST, failure.code());
  }
}
