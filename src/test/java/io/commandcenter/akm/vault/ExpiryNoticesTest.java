package io.commandcenter.akm.vault;

import static io.commandcenter.akm.vault.Vaults.BY;
import static io.commandcenter.akm.vault.Vaults.KEY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.KeyCalls;
import io.commandcenter.akm.contract.KeyCalls.UpdateKey;
import io.commandcenter.akm.contract.NoticeCalls;
import io.commandcenter.akm.contract.NoticeCalls.ListNotices;
import io.commandcenter.akm.contract.NoticeCalls.NoticeInfo;
import io.commandcenter.akm.contract.NoticeCalls.TestNotice;
import io.commandcenter.akm.contract.VaultCalls;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.contract.VaultCalls.SealKey;
import io.commandcenter.akm.core.crypto.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seen failing: with {@code once} made of the time, and with the notice left out of the expiry. */
class ExpiryNoticesTest {
  @TempDir Path folder;
  private Vaults vault;
  private Notes notes;

  @BeforeEach
  void open() {
    vault = Vaults.open(folder);
    notes = new Notes(vault);
  }

  @AfterEach
  void close() {
    vault.close();
  }

  private KeyInfo add(Duration life) {
    var end = vault.clock.instant().plus(life);
    return vault.ask(VaultCalls.SEAL, new SealKey("anthropic", "main", Secret.of(KEY), 1, end, BY));
  }

  private List<String> told() {
    return notes.rows().stream().map(NoticeInfo::detail).map(ExpiryNoticesTest::days).toList();
  }

  private static String days(String detail) {
    return detail.contains("days=") ? detail.replaceAll(".*days=(\\d+).*", "$1") : "expired";
  }

  @Test
  void warnsAtThirtySevenAndOneDaysAndAtTheEnd() {
    var key = add(Duration.ofDays(40));
    assertEquals(0, notes.rows().size());

    vault.clock.move(Duration.ofDays(10));
    vault.until(() -> told().equals(List.of("30")));
    vault.clock.move(Duration.ofDays(23));
    vault.until(() -> told().equals(List.of("7", "30")));
    vault.clock.move(Duration.ofDays(6));
    vault.until(() -> told().equals(List.of("1", "7", "30")));
    vault.clock.move(Duration.ofDays(1));
    vault.until(() -> told().equals(List.of("expired", "1", "7", "30")));

    assertEquals("expired", vault.find(key.keyId()).state());
    assertEquals("key-expired", notes.rows().get(0).kind());
    assertEquals(key.keyId(), notes.rows().get(0).subject());
    vault.until(() -> notes.facts.size() == 4);
    assertEquals(notes.rows().get(3).eventId(), notes.facts.get(0).eventId());
  }

  @Test
  void aKeyWithFiveDaysLeftWarnsOnceAtSeven() {
    add(Duration.ofDays(5));
    vault.until(() -> told().equals(List.of("7")));
  }

  @Test
  void doesNotWarnAgainAfterARestart() {
    add(Duration.ofDays(5));
    vault.until(() -> told().size() == 1);
    vault.restart();
    vault.restart();

    assertEquals(List.of("7"), told());
    vault.clock.move(Duration.ofDays(4));
    vault.until(() -> told().equals(List.of("1", "7")));
  }

  @Test
  void whatCameDueWhileItWasDownIsToldAtItsStart() {
    add(Duration.ofDays(40));
    vault.down();
    vault.clock.move(Duration.ofDays(41));
    vault.deploy();

    assertEquals(List.of("expired"), told());
    vault.restart();
    assertEquals(List.of("expired"), told());
  }

  @Test
  void aDateThatWasMovedIsWarnedOfAnew() {
    var key = add(Duration.ofDays(5));
    vault.until(() -> told().equals(List.of("7")));
    var later = vault.clock.instant().plus(Duration.ofDays(6));
    vault.ask(
        KeyCalls.UPDATE,
        new UpdateKey(key.keyId(), null, null, null, null, later, null, List.of(), BY));

    vault.until(() -> told().equals(List.of("7", "7")));
  }

  @Test
  void pagesNewestFirst() {
    for (int i = 0; i < 5; i++) {
      vault.ask(NoticeCalls.TEST, new TestNotice(BY));
    }
    var first = vault.ask(NoticeCalls.LIST, new ListNotices(3, null));
    var second = vault.ask(NoticeCalls.LIST, new ListNotices(3, first.next()));

    assertEquals(3, first.rows().size());
    assertEquals(2, second.rows().size());
    assertTrue(first.rows().get(2).seq() > second.rows().get(0).seq());
    assertEquals("test", first.rows().get(0).kind());
    assertEquals("unsent", first.rows().get(0).delivery());
    assertEquals(5, vault.audited("notice.test"));
  }
}
