package io.commandcenter.akm.store;

import io.commandcenter.akm.contract.AuditCalls.AuditPage;
import io.commandcenter.akm.contract.AuditCalls.AuditRow;
import io.commandcenter.akm.contract.AuditCalls.ListAudit;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.audit.ChainKey;
import io.commandcenter.akm.core.crypto.Seal;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit log: rows are appended and read; the schema refuses anything else. Each row carries a
 * MAC that binds it to the one before, so that nothing can be appended without an open keyring.
 *
 * <p>A database has one such store: two would each believe to know the newest row of a transaction,
 * and the second to write would be turned back by the index.
 */
public final class AuditStore {
  private static final Logger log = LoggerFactory.getLogger(AuditStore.class);

  private final Database database;
  private final Optional<AuditChain> chain;

  /** Reads; refuses to append with SEALED. */
  public AuditStore(Database database) {
    this(database, Optional.empty());
  }

  private AuditStore(Database database, Optional<AuditChain> chain) {
    this.database = database;
    this.chain = chain;
  }

  /**
   * @param node names the chain of this process
   */
  public static AuditStore of(Database database, Seal seal, String node) {
    return seal instanceof Seal.Open open
        ? new AuditStore(
            database,
            Optional.of(new AuditChain(new ChainKey(open.vaultId(), open.keyring()), node)))
        : new AuditStore(database);
  }

  /** Begins the chain over the rows that are older than it, if there are any and none is bound. */
  public Future<Void> begin(Instant now) {
    return chain.isEmpty()
        ? Future.failedFuture(sealed())
        : database.write(connection -> chain.get().begin(connection, now));
  }

  /** For what is logged without a change of its own; succeeds when the row is durable. */
  public Future<Void> append(AuditEntry entry) {
    return database.write(connection -> append(connection, entry));
  }

  /**
   * The first row of restored data. Its checkpoint file did not come along, so what the data knows
   * of that goes with the same commit, and checkpoints begin anew.
   */
  public Future<Void> restored(AuditEntry entry) {
    return database.write(
        connection ->
            connection
                .query("delete from audit_checkpoint")
                .execute()
                .compose(forgotten -> append(connection, entry)));
  }

  /**
   * Inside the unit that makes the change, so that neither is ever there without the other. It
   * fails, and the change with it, if the row cannot be written.
   */
  Future<Void> append(SqlConnection connection, AuditEntry entry) {
    if (chain.isEmpty()) {
      return Future.failedFuture(sealed());
    }
    return chain.get().append(connection, entry).recover(AuditStore::notWritten);
  }

  /** Makes a change and, if it gives true, appends its row: both in one unit, or neither. */
  Future<Boolean> audited(AuditEntry entry, Function<SqlConnection, Future<Boolean>> change) {
    return database.write(
        connection ->
            change
                .apply(connection)
                .compose(
                    done ->
                        done
                            ? append(connection, entry).map(true)
                            : Future.succeededFuture(false)));
  }

  private static Future<Void> notWritten(Throwable cause) {
    log.error("the audit log cannot be written", cause);
    return Future.failedFuture(
        new Failure(
            Code.UNAVAILABLE,
            "the audit log cannot be written, so nothing was done; look at the server's log and its"
                + " disk, then try again"));
  }

  private static Failure sealed() {
    return new Failure(
        Code.SEALED, "the audit log cannot be written while the vault is sealed; open it first");
  }

  /** The chain that rows are appended to; empty while sealed. */
  Optional<AuditChain> chain() {
    return chain;
  }

  /** Newest first, or oldest first from where the question says. */
  public Future<AuditPage> page(ListAudit ask) {
    var query = new AuditQuery(ask);
    return database
        .read(query.sql(), query.values())
        .map(
            rows -> {
              var page = new ArrayList<AuditRow>();
              rows.forEach(row -> page.add(AuditRows.shown(row)));
              var full = page.size() == ask.limit();
              return new AuditPage(page, full ? page.get(page.size() - 1).seq() : null);
            });
  }
}
