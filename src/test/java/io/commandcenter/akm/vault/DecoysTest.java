package io.commandcenter.akm.vault;

import static io.commandcenter.akm.vault.Vaults.BY;
import static io.commandcenter.akm.vault.Vaults.KEY;
import static io.commandcenter.akm.vault.Vaults.NEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.DecoyCalls;
import io.commandcenter.akm.contract.DecoyCalls.AddDecoy;
import io.commandcenter.akm.contract.DecoyCalls.MintedDecoy;
import io.commandcenter.akm.contract.DecoyCalls.PresentedToken;
import io.commandcenter.akm.contract.LeaseCalls;
import io.commandcenter.akm.contract.LeaseCalls.TakeLease;
import io.commandcenter.akm.contract.VaultCalls;
import io.commandcenter.akm.contract.VaultCalls.ChangeKey;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Seen failing: with the refusal of a lease removed (desk and release), with the minute taken out
 * of the notice's {@code once}.
 */
class DecoysTest {
  @TempDir Path folder;
  private Vaults vault;
  private Notes notes;
  private MintedDecoy decoy;

  @BeforeEach
  void open() {
    vault = Vaults.open(folder);
    notes = new Notes(vault);
    decoy = vault.ask(DecoyCalls.ADD, new AddDecoy("anthropic", "wiki", BY));
  }

  @AfterEach
  void close() {
    vault.close();
  }

  private void refusesToLend(String keyId) {
    vault.refused(Code.CONFLICT, LeaseCalls.LEASE, new TakeLease(keyId, "req_9", null, "eve"));
  }

  private void present(String token) {
    vault.ask(DecoyCalls.PRESENTED, new PresentedToken(token, "192.0.2.7"));
  }

  @Test
  void isShownOnceAndSealed() {
    assertTrue(decoy.key().startsWith("sk-ant-api03-"));
    assertFalse(decoy.toString().contains(decoy.key()));
    assertEquals("decoy", vault.find(decoy.keyId()).purpose());
    assertEquals(1, vault.audited("key.add"));
    assertFalse(vault.audit().toString().contains(decoy.key()));
  }

  @Test
  void isNeverLentAndItsUseIsTold() {
    refusesToLend(decoy.keyId());

    vault.until(() -> notes.of("decoy-used") == 1 && vault.audited("decoy.use") == 1);
    var notice = notes.rows().get(0);
    assertEquals(decoy.keyId(), notice.subject());
    assertTrue(notice.detail().contains("request=req_9"), notice.detail());
    assertEquals("eve", vault.audit().get(0).principal());
    vault.until(() -> notes.facts.size() == 1);
  }

  @Test
  void isToldOnceAMinuteHoweverOftenItIsUsed() {
    for (int i = 0; i < 20; i++) {
      refusesToLend(decoy.keyId());
    }
    vault.until(() -> vault.audited("decoy.use") == 20);
    assertEquals(1, notes.of("decoy-used"));

    vault.clock.move(Duration.ofMinutes(1));
    refusesToLend(decoy.keyId());
    vault.until(() -> notes.of("decoy-used") == 2);
  }

  @Test
  void isKnownWhereverItIsPresentedAlsoAfterARestart() {
    vault.restart();
    present(decoy.key());

    vault.until(() -> notes.of("decoy-used") == 1);
    assertTrue(notes.rows().get(0).detail().contains("remote=192.0.2.7"));
    vault.until(() -> vault.audited("decoy.use") == 1);
  }

  @Test
  void noOtherTextIsOne() {
    vault.add("main", KEY);
    present(KEY);
    present(NEXT);
    present("anything");
    assertEquals(0, notes.of("decoy-used"));
    assertEquals(0, vault.audited("decoy.use"));
  }

  @Test
  void isNoneAnyMoreWhenItIsRevoked() {
    vault.change(VaultCalls.DELETE, decoy.keyId());
    present(decoy.key());
    refusesToLend(decoy.keyId());
    var other = vault.ask(DecoyCalls.ADD, new AddDecoy("openai", "wiki", BY));
    present(other.key());

    vault.until(() -> notes.of("decoy-used") > 0);
    assertEquals(other.keyId(), notes.rows().get(0).subject());
    assertEquals(1, notes.of("decoy-used"));
  }

  @Test
  void isSentToNoProvider() {
    var check = vault.ask(VaultCalls.VALIDATE, new ChangeKey(decoy.keyId(), BY));
    assertEquals("unchecked", check.outcome());
    assertTrue(vault.provider.asked.isEmpty());
  }

  /** The rotation makes keys with them inside the vault; requests never get one. */
  @Test
  void aKeyThatMakesOthersIsNotLentEither() {
    var id = vault.add("minter", KEY).keyId();
    Vaults.await(
        vault.database.write(
            connection ->
                connection
                    .preparedQuery("update provider_key set purpose = 'minting' where id = ?")
                    .execute(Tuple.of(id))));

    assertEquals("minting", vault.find(id).purpose());
    refusesToLend(id);
    assertEquals(0, notes.of("decoy-used"));
  }

  @Test
  void refusesALabelThatIsTaken() {
    vault.refused(Code.CONFLICT, DecoyCalls.ADD, new AddDecoy("anthropic", "wiki", BY));
    vault.refused(Code.UNKNOWN_PROVIDER, DecoyCalls.ADD, new AddDecoy("acme", "wiki", BY));
  }
}
