package io.commandcenter.akm.vault;

import static io.commandcenter.akm.vault.Vaults.BY;
import static io.commandcenter.akm.vault.Vaults.KEY;
import static io.commandcenter.akm.vault.Vaults.NEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.EntryCalls;
import io.commandcenter.akm.contract.EntryCalls.BeginEntry;
import io.commandcenter.akm.contract.EntryCalls.EntryLink;
import io.commandcenter.akm.contract.EntryCalls.ShowEntry;
import io.commandcenter.akm.contract.EntryCalls.SubmitEntry;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.Secret;
import io.vertx.core.Future;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seen failing: with the page left open after its use, with the expiry unchecked, unbounded. */
class EntryTest {
  @TempDir Path folder;
  private Vaults vault;

  @BeforeEach
  void open() {
    vault = Vaults.open(folder);
    vault.publicUrl.set(URI.create("https://akm.example.com"));
  }

  @AfterEach
  void close() {
    vault.close();
  }

  private EntryLink begin(String purpose, String label) {
    return vault.ask(EntryCalls.BEGIN_ENTRY, new BeginEntry(purpose, "anthropic", label, BY));
  }

  private static String token(EntryLink link) {
    return link.url().substring(link.url().lastIndexOf('/') + 1);
  }

  private static SubmitEntry submit(EntryLink link, String key) {
    return new SubmitEntry(token(link), Secret.of(key));
  }

  @Test
  void givesALinkToThisServerThatExpires() {
    var link = begin("add", "main");

    assertTrue(link.url().matches("https://akm\\.example\\.com/entry/[A-Za-z0-9_-]{43}"));
    assertEquals(vault.clock.instant().plus(Duration.ofMinutes(10)), link.expiresAt());
    assertEquals(1, vault.audited("entry.begin"));
  }

  /** Seen failing with the pages left open: there is room for sixty-four. */
  @Test
  void leavesNoPageOpenThatCouldNotBeAudited() {
    write("create trigger full before insert on audit begin select raise(abort, 'full'); end");
    for (int i = 0; i <= EntryDesk.MAX_OPEN; i++) {
      vault.refused(
          Code.UNAVAILABLE, EntryCalls.BEGIN_ENTRY, new BeginEntry("add", "anthropic", "main", BY));
    }
    write("drop trigger full");

    assertEquals("main", begin("add", "main").label());
  }

  private void write(String sql) {
    Vaults.await(vault.database.write(connection -> connection.query(sql).execute()));
  }

  @Test
  void showsWhatThePageAsksForWithoutUsingItUp() {
    var link = begin("add", "main");
    for (var i = 0; i < 2; i++) {
      var view = vault.ask(EntryCalls.SHOW_ENTRY, new ShowEntry(token(link)));
      assertEquals("anthropic", view.provider());
      assertEquals("main", view.label());
      assertEquals(BY, view.initiatedBy());
    }
  }

  @Test
  void sealsWhatAPersonEnteredAndTellsWhichPageItWas() {
    var link = begin("add", "main");
    var key = vault.ask(EntryCalls.SUBMIT_ENTRY, submit(link, KEY));

    assertEquals(Secret.of(KEY), vault.lease(key.keyId()).secret());
    vault.until(() -> vault.facts.stream().anyMatch(fact -> link.entryId().equals(fact.entryId())));
  }

  @Test
  void closesAPageForGoodOnceItWasUsed() {
    var link = begin("add", "main");
    vault.ask(EntryCalls.SUBMIT_ENTRY, submit(link, KEY));

    vault.refused(Code.GONE, EntryCalls.SUBMIT_ENTRY, submit(link, NEXT));
    vault.refused(Code.GONE, EntryCalls.SHOW_ENTRY, new ShowEntry(token(link)));
  }

  @Test
  void takesOneOfManyWhoSubmitAtOnce() {
    var link = begin("add", "main");
    var tries =
        IntStream.range(0, 20)
            .mapToObj(i -> vault.bus.ask(EntryCalls.SUBMIT_ENTRY, submit(link, KEY)))
            .map(answer -> answer.map(true).otherwise(false))
            .toList();
    Vaults.await(Future.all(tries));

    assertEquals(1, tries.stream().filter(Future::result).count());
    assertEquals(1, vault.audited("key.add"));
  }

  @Test
  void closesAPageThatExpired() {
    var link = begin("add", "main");
    vault.clock.move(Duration.ofMinutes(10));

    vault.refused(Code.GONE, EntryCalls.SUBMIT_ENTRY, submit(link, KEY));
  }

  @Test
  void knowsNoOtherToken() {
    begin("add", "main");

    vault.refused(Code.GONE, EntryCalls.SHOW_ENTRY, new ShowEntry("A".repeat(43)));
  }

  @Test
  void leavesThePageOpenWhenThePersonPastedWrongly() {
    var link = begin("add", "main");
    vault.refused(Code.BAD_REQUEST, EntryCalls.SUBMIT_ENTRY, submit(link, "two words"));

    assertEquals("main", vault.ask(EntryCalls.SUBMIT_ENTRY, submit(link, KEY)).label());
  }

  @Test
  void leavesThePageOpenWhenTheKeyCouldNotBeSealed() {
    var link = begin("add", "main");
    vault.add("main", NEXT);
    vault.refused(Code.CONFLICT, EntryCalls.SUBMIT_ENTRY, submit(link, KEY));

    assertEquals("main", vault.ask(EntryCalls.SHOW_ENTRY, new ShowEntry(token(link))).label());
  }

  @Test
  void rotatesAKeyOnAPage() {
    vault.add("main", KEY);

    var key = vault.ask(EntryCalls.SUBMIT_ENTRY, submit(begin("rotate", "main"), NEXT));

    assertEquals(2, key.version());
  }

  @Test
  void opensNoPageForALabelThatIsTakenOrAKeyThatIsNotThere() {
    vault.add("main", KEY);

    vault.refused(
        Code.CONFLICT, EntryCalls.BEGIN_ENTRY, new BeginEntry("add", "anthropic", "main", BY));
    vault.refused(
        Code.NOT_FOUND, EntryCalls.BEGIN_ENTRY, new BeginEntry("rotate", "anthropic", "none", BY));
    vault.refused(
        Code.UNKNOWN_PROVIDER, EntryCalls.BEGIN_ENTRY, new BeginEntry("add", "acme", "x", BY));
  }

  @Test
  void opensOnlySoManyPagesAtOnce() {
    for (var i = 0; i < EntryDesk.MAX_OPEN; i++) {
      begin("add", "label-" + i);
    }
    var failure =
        vault.refused(
            Code.RATE_LIMITED,
            EntryCalls.BEGIN_ENTRY,
            new BeginEntry("add", "anthropic", "one-more", BY));
    assertTrue(failure.context().containsKey(Failure.RETRY_AFTER_MS));

    vault.clock.move(Duration.ofMinutes(10));
    assertEquals("one-more", begin("add", "one-more").label());
  }
}
