package io.commandcenter.akm.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.config.PublicUrl;
import io.commandcenter.akm.config.RoutingConfig;
import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.contract.LeaseCalls;
import io.commandcenter.akm.contract.LeaseCalls.TakeLease;
import io.commandcenter.akm.contract.ReadyCalls;
import io.commandcenter.akm.contract.SealCalls;
import io.commandcenter.akm.contract.SealCalls.Rekey;
import io.commandcenter.akm.contract.SealCalls.RekeyProgress;
import io.commandcenter.akm.contract.SealCalls.SealStatus;
import io.commandcenter.akm.contract.VaultCalls;
import io.commandcenter.akm.contract.VaultCalls.ChangeKey;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.contract.VaultCalls.SealKey;
import io.commandcenter.akm.core.crypto.Seal;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.provider.Endpoint;
import io.commandcenter.akm.store.AuditStore;
import io.vertx.core.Future;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The vault's own calls: leases and seals go on while the data key is exchanged. */
class RekeyWhileServingTest {
  @TempDir Path folder;
  private RekeyRoom room;
  private Bus bus;

  @BeforeEach
  void open() {
    room = RekeyRoom.open(folder);
    bus = new Bus(room.vertx);
  }

  @AfterEach
  void close() {
    room.close();
  }

  private void serve(SealDesk.Limits limits) {
    ServerConfig config = room.config();
    var seal = room.unseal();
    Vaults.await(
        room.vertx.deployVerticle(
            new VaultVerticle(
                new VaultSetup(
                    bus,
                    room.database,
                    AuditStore.of(room.database, seal, "main"),
                    seal,
                    config,
                    Map.of(
                        "anthropic",
                        new Endpoint("anthropic", null, URI.create("https://api.anthropic.com"))),
                    new RoutingConfig(Map.of(), Map.of(), List.of(), List.of()),
                    new Vaults.Provider(),
                    new FakeMinter(),
                    new PublicUrl(),
                    Map.of("AKM_MASTER_KEY_FILE", room.keyFile.toString()),
                    new MovingClock(),
                    RekeyRoom.RANDOM),
                limits)));
  }

  private Future<KeyInfo> seal(int number) {
    var secret = Secret.of("sk-ant-api03-0123456789abcdefghijklx" + number);
    return bus.ask(
        VaultCalls.SEAL, new SealKey("anthropic", "label" + number, secret, 1, null, "tok_1"));
  }

  private Future<Boolean> leases(String keyId, int number) {
    // Disabling and enabling drops the lease, so that the next one opens the row again.
    var change = new ChangeKey(keyId, "tok_1");
    return bus.ask(VaultCalls.DISABLE, change)
        .compose(off -> bus.ask(VaultCalls.ENABLE, change))
        .compose(on -> bus.ask(LeaseCalls.LEASE, new TakeLease(keyId, "req_1", null, "tok_1")))
        .map(
            lease ->
                lease.secret().equals(Secret.of("sk-ant-api03-0123456789abcdefghijklx" + number)));
  }

  private RekeyProgress progress() {
    return Vaults.await(bus.ask(SealCalls.PROGRESS, new SealCalls.ShowRekey()));
  }

  private SealStatus status() {
    return Vaults.await(bus.ask(SealCalls.STATUS, new SealCalls.ShowSeal()));
  }

  private boolean ready() {
    return Vaults.await(bus.ask(ReadyCalls.VAULT, new ReadyCalls.AskReady())).ready();
  }

  private void until(Supplier<Boolean> condition) {
    var end = System.nanoTime() + 20_000_000_000L;
    while (!condition.get()) {
      assertTrue(System.nanoTime() < end, "it did not come within twenty seconds");
      Vaults.await(room.vertx.timer(10, java.util.concurrent.TimeUnit.MILLISECONDS));
    }
  }

  /** Seen failing with the vault keeping the keyring it started with. */
  @Test
  void leasesAndSealsGoOnThroughARekeyOfTheData() {
    serve(new SealDesk.Limits(1L << 30, 3));
    var ids = new ArrayList<String>();
    for (var i = 0; i < 20; i++) {
      ids.add(Vaults.await(seal(i)).keyId());
    }
    var before = status().dataKeyId();
    Vaults.await(bus.ask(SealCalls.REKEY_DATA, new Rekey("tok_1")));
    var running = new ArrayList<Future<?>>();
    for (var i = 0; i < 20; i++) {
      running.add(leases(ids.get(i), i).onSuccess(right -> assertTrue(right)));
      running.add(seal(100 + i));
    }
    Vaults.await(Future.all(running));
    until(() -> progress().state().equals("none"));

    for (var i = 0; i < 20; i++) {
      assertTrue(Vaults.await(leases(ids.get(i), i)));
    }
    var after = status();
    assertFalse(after.dataKeyId().equals(before));
    assertEquals(1, after.dataKeys());
    assertTrue(ready());
  }

  /** Seen failing with the count left out of the transaction that stores what was sealed. */
  @Test
  void theVaultBeginsARekeyItselfWhenTheDataKeyHasSealedOftenEnough() {
    room.fill(9, "key_");
    var before = ((Seal.Open) room.unseal()).keyring();
    serve(new SealDesk.Limits(10, 3));

    until(() -> !status().dataKeyId().equals(before.primaryId()));
    until(() -> progress().state().equals("none"));
    assertEquals(1, status().dataKeys());
    assertTrue(ready());
  }

  @Test
  void leavesADataKeyAloneThatHasSealedLess() {
    room.fill(8, "key_");
    var before = ((Seal.Open) room.unseal()).keyring();
    serve(new SealDesk.Limits(10, 3));

    assertEquals(before.primaryId(), status().dataKeyId());
    assertEquals(9, status().encryptions());
  }

  @Test
  void goesOnWithARekeyThatWasStoppedWhenItStartsAgain() {
    room.fill(9, "key_");
    var stopped =
        room.tools(
            step -> {
              if (step.equals("key-promoted")) {
                throw new IllegalStateException("stopped here");
              }
            });
    Vaults.await(new DataRekey(stopped, 3).run("tok_1", false).otherwiseEmpty());
    assertEquals(2, room.inForce.get().dataKeyIds().size());

    serve(SealDesk.Limits.USUAL);
    until(() -> progress().state().equals("none"));
    assertEquals(1, status().dataKeys());
  }

  @Test
  void exchangesTheMasterKeyOverTheBusAndConfirms() {
    serve(SealDesk.Limits.USUAL);

    assertEquals(
        "confirm-due", Vaults.await(bus.ask(SealCalls.REKEY_MASTER, new Rekey("tok_1"))).state());
    assertTrue(status().confirmDue());
    assertEquals("none", Vaults.await(bus.ask(SealCalls.CONFIRM, new Rekey("tok_1"))).state());
    assertEquals(2, status().generation());
    assertEquals(List.of("file"), status().sources());
  }

  /** Seen failing with readiness answered from memory. */
  @Test
  void isNotReadyWhenItDoesNotOpenWhatItSealed() {
    serve(SealDesk.Limits.USUAL);
    assertTrue(ready());

    room.write("update self_test set ciphertext = zeroblob(64)");
    var damaged = Vaults.await(bus.ask(ReadyCalls.VAULT, new ReadyCalls.AskReady()));
    assertFalse(damaged.ready());
    assertTrue(damaged.detail().contains("does not open what it sealed"), damaged.detail());

    room.write("delete from self_test");
    assertFalse(ready());
  }

  @Test
  void sealsTheSelfTestOfDataThatHasNone() {
    room.unseal();
    room.write("delete from self_test");
    serve(SealDesk.Limits.USUAL);

    assertTrue(ready());
    assertEquals("vault.self-test", room.sql("select action from audit order by seq desc"));
  }
}
