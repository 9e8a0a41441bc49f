package io.commandcenter.akm.vault;

import static io.commandcenter.akm.vault.Vaults.BY;
import static io.commandcenter.akm.vault.Vaults.KEY;
import static io.commandcenter.akm.vault.Vaults.NEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.access.AccessVerticle;
import io.commandcenter.akm.contract.AccessCalls;
import io.commandcenter.akm.contract.AccessCalls.MintToken;
import io.commandcenter.akm.contract.AccessCalls.RevokeToken;
import io.commandcenter.akm.contract.AccessCalls.VerifyToken;
import io.commandcenter.akm.contract.Call;
import io.commandcenter.akm.contract.EntryCalls;
import io.commandcenter.akm.contract.EntryCalls.BeginEntry;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.LeaseCalls;
import io.commandcenter.akm.contract.LeaseCalls.ReportRejection;
import io.commandcenter.akm.contract.LeaseCalls.TakeLease;
import io.commandcenter.akm.contract.Principal;
import io.commandcenter.akm.contract.RotationCalls;
import io.commandcenter.akm.contract.RotationCalls.RotateKey;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.contract.VaultCalls;
import io.commandcenter.akm.contract.VaultCalls.ChangeKey;
import io.commandcenter.akm.contract.VaultCalls.SealKey;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.store.AuditStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Seen failing with the queue's repair of a transaction that SQLite ended left out, and with the
 * append of an audit row taken out of a change. The audit log cannot be written any more, from some
 * row on or from some page of the disk on: what was refused has changed nothing, what was done has
 * its row, and later everything goes on.
 */
class FailClosedTest {
  private static final int ROUNDS = Boolean.getBoolean("akm.soak") ? 40 : 13;
  private static final Principal ADMIN = new Principal("tok_admin", "root", Scope.ADMIN);
  private static final List<String> STATE =
      List.of("vault", "keyring", "provider_key", "key_version", "token", "freeze", "rotation");

  @TempDir Path folder;
  private Vaults vault;
  private String mintedId;
  private String mintedToken;
  private int labels;

  @BeforeEach
  void open() {
    vault = Vaults.open(folder);
    Vaults.await(
        vault.vertx.deployVerticle(
            new AccessVerticle(
                vault.bus,
                vault.database,
                AuditStore.of(vault.database, vault.seal, "access"),
                vault.seal,
                folder,
                Map.of("AKM_ADMIN_TOKEN", "a token of twenty-four.."),
                vault.clock,
                Vaults.RANDOM)));
  }

  @AfterEach
  void close() {
    vault.close();
  }

  private record KeyRef(String id, int version) {}

  /** Every kind of change, in an order in which each can succeed; each answers by its outcome. */
  private Map<String, Supplier<Future<?>>> mutations() {
    labels++;
    var label = "label" + labels;
    var key = new AtomicReference<>(new KeyRef("key_none", 1));
    var all = new LinkedHashMap<String, Supplier<Future<?>>>();
    all.put(
        "add",
        () ->
            ask(VaultCalls.SEAL, new SealKey("anthropic", label, Secret.of(KEY), 1, null, BY))
                .onSuccess(added -> key.set(new KeyRef(added.keyId(), 1))));
    all.put("lease", () -> ask(LeaseCalls.LEASE, new TakeLease(key.get().id(), "req_1", null, BY)));
    all.put("validate", () -> ask(VaultCalls.VALIDATE, new ChangeKey(key.get().id(), BY)));
    all.put("disable", () -> ask(VaultCalls.DISABLE, new ChangeKey(key.get().id(), BY)));
    all.put("enable", () -> ask(VaultCalls.ENABLE, new ChangeKey(key.get().id(), BY)));
    all.put(
        "rotate",
        () ->
            ask(
                    RotationCalls.ROTATE,
                    new RotateKey("anthropic", label, Secret.of(NEXT + labels), 0L, null, null, BY))
                .onSuccess(next -> key.set(new KeyRef(next.keyId(), next.toVersion()))));
    all.put(
        "reject",
        () ->
            ask(
                LeaseCalls.REPORT_REJECTION,
                new ReportRejection(key.get().id(), key.get().version(), "no-credit", BY)));
    all.put("delete", () -> ask(VaultCalls.DELETE, new ChangeKey(key.get().id(), BY)));
    all.put(
        "begin entry",
        () -> ask(EntryCalls.BEGIN_ENTRY, new BeginEntry("add", "openai", label, BY)));
    all.put(
        "mint",
        () ->
            ask(AccessCalls.MINT, new MintToken(label, "client", null, ADMIN))
                .onSuccess(
                    minted -> {
                      mintedId = minted.tokenId();
                      mintedToken = minted.token();
                    }));
    all.put("admit", () -> ask(AccessCalls.VERIFY, new VerifyToken(mintedToken)));
    all.put("revoke", () -> ask(AccessCalls.REVOKE, new RevokeToken(mintedId, BY)));
    return all;
  }

  private <Q extends Record, A extends Record> Future<A> ask(Call<Q, A> call, Q request) {
    return vault.bus.ask(call, request);
  }

  @Test
  void changesNothingFromTheNthRowOnThatCannotBeWritten() {
    vault.publicUrl.set(java.net.URI.create("http://127.0.0.1"));
    settle();
    for (int n = 0; n < ROUNDS; n++) {
      write(
          "create trigger full before insert on audit when (select count(*) from audit) >= "
              + (rows() + n)
              + " begin select raise(abort, 'disk I/O error'); end");
      var refused = runAll();
      // Each mutation writes a row, some of them two.
      assertTrue(n >= 12 || !refused.isEmpty(), n + " rows could be written, and all was done");
      write("drop trigger full");
      worksAgain();
    }
  }

  @Test
  void changesNothingFromTheNthPageOnThatDoesNotFitTheDisk() {
    vault.publicUrl.set(java.net.URI.create("http://127.0.0.1"));
    settle();
    long refusals = 0;
    for (int n = 0; n < ROUNDS / 3; n++) {
      fill();
      write("pragma max_page_count = " + (number("pragma page_count") + n / 2));
      refusals += runAll().size() + runAll().size();
      write("pragma max_page_count = 1000000");
      worksAgain();
    }
    assertTrue(refusals > ROUNDS / 3, "the disk was never full: " + refusals);
  }

  /** Until a page is needed by the next row or two. */
  private void fill() {
    write("create table if not exists filler (text text)");
    write("insert into filler values (hex(randomblob(300)))");
  }

  private void settle() {
    assertEquals(List.of(), runAll());
  }

  /** All can be done again, and the log is whole. */
  private void worksAgain() {
    // The token of a later round is noted anew.
    vault.clock.move(Duration.ofMinutes(11));
    assertEquals(List.of(), runAll());
  }

  /** Runs each, holds it to what it answered, and gives those that were refused. */
  private List<String> runAll() {
    var refused = new ArrayList<String>();
    for (var mutation : mutations().entrySet()) {
      var before = state();
      var rows = rows();
      boolean done = succeeds(mutation.getValue().get());
      if (!done) {
        refused.add(mutation.getKey());
        var after = state();
        after.removeAll(before);
        assertEquals(List.of(), after, mutation.getKey() + " was refused, and yet it was done");
      } else {
        var unchanged = before.equals(state());
        assertTrue(unchanged || rows() > rows, mutation.getKey() + " was done without a row");
      }
    }
    return refused;
  }

  private static boolean succeeds(Future<?> answer) {
    try {
      Vaults.await(answer);
      return true;
    } catch (Failure refusal) {
      return false;
    }
  }

  private List<String> state() {
    var state = new ArrayList<String>();
    for (var table : STATE) {
      for (var row : Vaults.await(vault.database.read("select * from " + table, Tuple.tuple()))) {
        state.add(table + " " + text(row));
      }
    }
    return state;
  }

  private static String text(Row row) {
    var text = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      var value = row.getValue(i);
      text.append(row.getColumnName(i))
          .append('=')
          .append(value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value)
          .append(' ');
    }
    return text.toString();
  }

  private long rows() {
    return number("select count(*) from audit");
  }

  private long number(String sql) {
    return ((Number) vault.sql(sql)).longValue();
  }

  private void write(String sql) {
    Vaults.await(vault.database.write(c -> c.query(sql).execute()));
  }
}
