package io.commandcenter.akm.vault;

import static io.commandcenter.akm.vault.Vaults.BY;
import static io.commandcenter.akm.vault.Vaults.KEY;
import static io.commandcenter.akm.vault.Vaults.NEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.AuditCalls.AuditRow;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Facts;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.RotationCalls;
import io.commandcenter.akm.contract.ShareCalls;
import io.commandcenter.akm.contract.ShareCalls.ShareKey;
import io.commandcenter.akm.contract.ShareCalls.SharedKey;
import io.commandcenter.akm.contract.ShareCalls.UnwrapKey;
import io.commandcenter.akm.contract.ShareCalls.UnwrappedKey;
import io.commandcenter.akm.contract.VaultCalls;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.core.crypto.WrapToken;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Leases for other services, through wrapped tokens. */
class SharingTest {
  private static final String OTHER = "tok_other";

  @TempDir Path folder;
  private final List<Facts.NoticeRaised> notices = new CopyOnWriteArrayList<>();
  private Vaults vault;

  @BeforeEach
  void open() {
    vault = Vaults.open(folder, Map.of("OPENAI_API_KEY", "sk-env-0123456789abcdef"));
    vault.bus.hear(Facts.NOTICE_RAISED, notices::add);
  }

  @AfterEach
  void close() {
    vault.close();
  }

  private SharedKey share(String keyId, String forToken, long seconds) {
    return vault.ask(ShareCalls.SHARE, new ShareKey(keyId, forToken, seconds, BY));
  }

  private static UnwrapKey ask(SharedKey shared, String by) {
    return new UnwrapKey(Secret.of(shared.wrapToken()), by);
  }

  private UnwrappedKey unwrap(SharedKey shared, String by) {
    return vault.ask(ShareCalls.UNWRAP, ask(shared, by));
  }

  private Failure refused(Code code, SharedKey shared, String by) {
    return vault.refused(code, ShareCalls.UNWRAP, ask(shared, by));
  }

  private List<AuditRow> denied() {
    return vault.audit().stream().filter(row -> row.outcome().equals("denied")).toList();
  }

  @Test
  void handsALeaseOverThroughATokenThatDoesNotHoldTheKey() {
    var key = vault.add("main", KEY);
    var shared = share(key.keyId(), null, 60);

    assertTrue(shared.wrapToken().matches("akmw_[0-9A-Za-z]{43}_[0-9a-f]{8}"));
    assertEquals(vault.clock.instant().plusSeconds(60), shared.expiresAt());
    assertFalse(shared.toString().contains(shared.wrapToken()));
    assertEquals(1, vault.audited("key.share"));
    vault.clock.move(Duration.ofSeconds(59));
    var lease = unwrap(shared, OTHER);
    assertEquals(Secret.of(KEY), lease.secret());
    assertEquals(1, lease.version());
    assertEquals(vault.clock.instant().plusSeconds(60), lease.expiresAt());
    var row =
        vault.audit().stream()
            .filter(each -> each.action().equals("key.unwrap"))
            .findFirst()
            .orElseThrow();
    assertEquals(OTHER, row.principal());
    assertTrue(row.detail().contains("share=" + shared.shareId()), row.detail());
  }

  /** Seen failing with the token left open after its use. */
  @Test
  void unwrapsOnceAndRaisesANoticeForASecondUse() {
    var shared = share(vault.add("main", KEY).keyId(), null, 60);
    unwrap(shared, OTHER);
    refused(Code.GONE, shared, OTHER);
    refused(Code.GONE, shared, OTHER);

    vault.until(() -> !notices.isEmpty());
    assertEquals("wrap-misused", notices.get(0).kind());
    assertEquals(shared.keyId(), notices.get(0).subject());
    vault.until(() -> denied().size() == 2);
    assertEquals(1, notices.size());
  }

  @Test
  void givesTheKeyToOneOfManyWhoUnwrapAtOnce() {
    var shared = share(vault.add("main", KEY).keyId(), null, 60);
    var tries =
        IntStream.range(0, 20)
            .mapToObj(i -> vault.bus.ask(ShareCalls.UNWRAP, ask(shared, OTHER)))
            .toList();
    Vaults.await(Future.join(tries).otherwiseEmpty());

    assertEquals(1, tries.stream().filter(Future::succeeded).count());
    assertEquals(1, vault.audited("key.unwrap") - denied().size());
  }

  /** Seen failing with the principal unchecked. */
  @Test
  void isForThePrincipalThatWasNamed() {
    var shared = share(vault.add("main", KEY).keyId(), OTHER, 60);
    refused(Code.FORBIDDEN, shared, "tok_thief");

    vault.until(() -> notices.size() == 1);
    assertEquals(Secret.of(KEY), unwrap(shared, OTHER).secret());
  }

  /** Seen failing with the expiry unchecked. */
  @Test
  void endsWhenItsTimeHasPassed() {
    var shared = share(vault.add("main", KEY).keyId(), null, 60);
    vault.clock.move(Duration.ofSeconds(60));
    refused(Code.GONE, shared, OTHER);

    vault.until(() -> denied().size() == 1);
    assertTrue(denied().get(0).detail().contains("reason=expired"));
  }

  @Test
  void neverLastsLongerThanTenMinutes() {
    assertThrows(Failure.class, () -> new ShareKey("key_1", null, 601L, BY));
    assertEquals(300L, new ShareKey("key_1", null, null, BY).ttlSeconds());
  }

  @Test
  void neverOutlivesItsKey() {
    var end = vault.clock.instant().plusSeconds(30);
    var key =
        vault.ask(
            VaultCalls.SEAL,
            new VaultCalls.SealKey("anthropic", "main", Secret.of(KEY), 1, end, BY));
    assertEquals(end, unwrap(share(key.keyId(), null, 60), OTHER).expiresAt());
  }

  @Test
  void knowsATypingErrorFromAGuess() {
    var token = WrapToken.mint(Vaults.RANDOM);
    var guess = new UnwrapKey(Secret.of(token), OTHER);
    vault.refused(Code.GONE, ShareCalls.UNWRAP, guess);
    var typo = new UnwrapKey(Secret.of("akmw_" + "A".repeat(43) + "_00000000"), OTHER);
    vault.refused(Code.BAD_REQUEST, ShareCalls.UNWRAP, typo);

    vault.until(() -> denied().size() == 2);
  }

  /** Seen failing with the key's state unlooked at, at either end. */
  @Test
  void refusesAKeyThatIsNotInUseAtBothEnds() {
    var key = vault.add("main", KEY);
    var shared = share(key.keyId(), null, 60);
    vault.change(VaultCalls.DISABLE, key.keyId());
    refused(Code.CONFLICT, shared, OTHER);
    vault.refused(Code.CONFLICT, ShareCalls.SHARE, new ShareKey(key.keyId(), null, null, BY));

    vault.change(VaultCalls.ENABLE, key.keyId());
    assertEquals(Secret.of(KEY), unwrap(shared, OTHER).secret());
  }

  /** Seen failing with the purpose unlooked at. */
  @ParameterizedTest
  @ValueSource(strings = {"minting", "decoy"})
  void sharesOnlyKeysForRequests(String purpose) {
    var key = vault.add("main", KEY);
    vault.sqlWrite("update provider_key set purpose = '" + purpose + "'");

    vault.refused(Code.CONFLICT, ShareCalls.SHARE, new ShareKey(key.keyId(), null, null, BY));
  }

  @Test
  void givesTheVersionThatIsCurrentWhenItIsUnwrapped() {
    var key = vault.add("main", KEY);
    var shared = share(key.keyId(), null, 60);
    vault.ask(
        RotationCalls.ROTATE,
        new RotationCalls.RotateKey("anthropic", "main", Secret.of(NEXT), null, null, null, BY));

    var lease = unwrap(shared, OTHER);
    assertEquals(2, lease.version());
    assertEquals(Secret.of(NEXT), lease.secret());
  }

  @Test
  void sharesAKeyOfTheEnvironmentWithoutLosingIt() {
    var shared = share("env_openai", null, 60);
    try (var secret = unwrap(shared, OTHER).secret()) {
      assertEquals(Secret.of("sk-env-0123456789abcdef"), secret);
    }
    assertEquals(
        Secret.of("sk-env-0123456789abcdef"),
        unwrap(share("env_openai", null, 60), OTHER).secret());
  }

  @Test
  void endsWithTheProcess() {
    var shared = share(vault.add("main", KEY).keyId(), null, 60);
    vault.restart();
    refused(Code.GONE, shared, OTHER);
  }

  @Test
  void letsOnlySoManyWait() {
    var id = vault.add("main", KEY).keyId();
    IntStream.range(0, Shares.MAX_OPEN).forEach(i -> share(id, null, 60));
    vault.refused(Code.RATE_LIMITED, ShareCalls.SHARE, new ShareKey(id, null, null, BY));
  }

  /** Seen failing with the release before its audit row. */
  @Test
  void releasesNothingWhenTheAuditLogCannotBeWritten() {
    var shared = share(vault.add("main", KEY).keyId(), null, 60);
    vault.sqlWrite(
        "create trigger full before insert on audit begin select raise(abort, 'full'); end");
    assertThrows(Failure.class, () -> unwrap(shared, OTHER));

    vault.sqlWrite("drop trigger full");
    assertEquals(Secret.of(KEY), unwrap(shared, OTHER).secret());
  }
}
