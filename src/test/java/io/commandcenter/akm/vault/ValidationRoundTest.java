package io.commandcenter.akm.vault;

import static io.commandcenter.akm.vault.Vaults.BY;
import static io.commandcenter.akm.vault.Vaults.KEY;
import static io.commandcenter.akm.vault.Vaults.NEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.DecoyCalls;
import io.commandcenter.akm.contract.DecoyCalls.AddDecoy;
import io.commandcenter.akm.contract.KeyCalls;
import io.commandcenter.akm.contract.KeyCalls.KeyChecks;
import io.commandcenter.akm.contract.KeyCalls.ValidateAll;
import io.commandcenter.akm.contract.PanicCalls;
import io.commandcenter.akm.contract.PanicCalls.FreezeKeys;
import io.commandcenter.akm.contract.VaultCalls;
import io.commandcenter.akm.contract.VaultCalls.ChangeKey;
import io.commandcenter.akm.contract.VaultCalls.KeyCheck;
import io.commandcenter.akm.provider.Upstream.KeyVerdict;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seen failing: with all asked at once, with the recover removed, with the end left out. */
class ValidationRoundTest {
  @TempDir Path folder;
  private Vaults vault;

  @BeforeEach
  void open() {
    vault = Vaults.open(folder, Map.of("OPENAI_API_KEY", KEY));
  }

  @AfterEach
  void close() {
    vault.close();
  }

  private List<String> outcomes(KeyChecks round) {
    return round.checks().stream().map(KeyCheck::outcome).toList();
  }

  private KeyChecks round() {
    return vault.ask(KeyCalls.VALIDATE_ALL, new ValidateAll(null, BY));
  }

  @Test
  void checksEveryKeyThatIsNotRevokedInTheirOrder() {
    var gone = vault.add("gone", KEY).keyId();
    vault.change(VaultCalls.DELETE, gone);
    var off = vault.add("off", KEY).keyId();
    vault.change(VaultCalls.DISABLE, off);
    vault.clock.move(Duration.ofSeconds(1));
    var main = vault.add("main", NEXT).keyId();

    var round = round();
    assertEquals(
        List.of("env_openai", off, main), round.checks().stream().map(KeyCheck::keyId).toList());
    assertEquals(List.of("valid", "valid", "valid"), outcomes(round));
    assertEquals("disabled", vault.find(off).state());
  }

  @Test
  void asksOneProviderOnly() {
    vault.add("main", NEXT);
    var round = vault.ask(KeyCalls.VALIDATE_ALL, new ValidateAll("openai", BY));
    assertEquals(List.of("openai"), round.checks().stream().map(KeyCheck::provider).toList());
    vault.refused(Code.UNKNOWN_PROVIDER, KeyCalls.VALIDATE_ALL, new ValidateAll("acme", BY));
  }

  @Test
  void oneThatFailsStopsNoOther() {
    var frozen = vault.add("frozen", KEY).keyId();
    vault.add("main", NEXT);
    vault.ask(PanicCalls.FREEZE, new FreezeKeys(frozen, null, null, null, null, BY));
    vault.ask(DecoyCalls.ADD, new AddDecoy("anthropic", "wiki", BY));

    var checks = round().checks();
    assertEquals(4, checks.size());
    assertEquals(2, checks.stream().filter(each -> each.outcome().equals("valid")).count());
    assertTrue(
        checks.stream().anyMatch(each -> each.detail().contains("frozen")), checks.toString());
    assertEquals(2, vault.provider.asked.size());
  }

  @Test
  void asksFourAtATimeAndEndsWhenItsTimeIsOver() {
    for (int i = 0; i < 9; i++) {
      vault.add("k" + i, KEY + i);
    }
    var waiting = new CopyOnWriteArrayList<Promise<KeyVerdict>>();
    vault.provider.answer =
        () -> {
          var promise = Promise.<KeyVerdict>promise();
          waiting.add(promise);
          return promise.future();
        };
    var round = vault.bus.ask(KeyCalls.VALIDATE_ALL, new ValidateAll(null, BY));
    vault.until(() -> waiting.size() == 4);
    waiting.get(0).complete(new KeyVerdict("valid", 200, "taken"));
    vault.until(() -> waiting.size() == 5);

    vault.clock.move(ValidationRound.LONGEST);
    waiting.forEach(each -> each.tryComplete(new KeyVerdict("valid", 200, "taken")));
    var outcomes = outcomes(Vaults.await(round));
    assertEquals(10, outcomes.size());
    assertEquals(5, waiting.size());
    assertEquals(5, outcomes.stream().filter("unchecked"::equals).count());
  }

  /** It looks; whatever the answer, the key stays as it was. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "valid",
        "invalid",
        "expired",
        "no-credit",
        "no-permission",
        "rate-limited",
        "network",
        "unchecked"
      })
  void changesNoStateWhateverTheOutcome(String outcome) {
    var id = vault.add("main", KEY).keyId();
    var status = outcome.equals("network") ? 0 : 401;
    vault.provider.answer =
        () -> Future.succeededFuture(new KeyVerdict(outcome, status, "words of ours"));

    var check = vault.ask(VaultCalls.VALIDATE, new ChangeKey(id, BY));
    assertEquals(outcome, check.outcome());
    assertEquals("active", vault.find(id).state());
    assertEquals(1, vault.find(id).version());
    vault.lease(id);
  }
}
