package io.commandcenter.akm.store;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.audit.Checkpoint;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down, signed and apart from the data, how far this node's audit chain has come. Whoever
 * can change the data and not that file is found out, whatever keys he has.
 *
 * <p>A file that cannot be written stops nothing: the rows are bound by their chain.
 */
public final class AuditCheckpoints {
  private static final Logger log = LoggerFactory.getLogger(AuditCheckpoints.class);

  private final Vertx vertx;
  private final Database database;
  private final AuditChain chain;
  private final CheckpointFile file;
  private final Clock clock;
  private Checkpoint last;
  private Future<Void> running = Future.succeededFuture();
  private volatile String trouble;

  /** For calls from one context. */
  public AuditCheckpoints(
      Vertx vertx, Database database, AuditStore audit, Path file, Clock clock) {
    this.vertx = vertx;
    this.database = database;
    this.chain =
        audit
            .chain()
            .orElseThrow(() -> new Failure(Code.SEALED, "a sealed vault signs no checkpoints"));
    this.file = new CheckpointFile(file);
    this.clock = clock;
  }

  /** Finds where the last run left off. Fails only if the database does. */
  public Future<Void> open() {
    return recorded()
        .compose(
            record ->
                vertx
                    .executeBlocking(() -> file.last(this::isOwn))
                    .recover(this::unreadable)
                    .map(written -> later(record.orElse(null), written)))
        .map(
            found -> {
              last = found;
              chain.checkpointed(found == null ? 0 : found.line());
              return null;
            });
  }

  private Future<Optional<Checkpoint>> recorded() {
    return database
        .read("select line from audit_checkpoint where node = ?", Tuple.of(chain.node()))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : CheckpointJson.parse(rows.iterator().next().getString("line"))
                        .filter(this::isOwn));
  }

  private boolean isOwn(Checkpoint checkpoint) {
    return checkpoint.node().equals(chain.node()) && checkpoint.genuine(chain.key());
  }

  private Future<Checkpoint> unreadable(Throwable cause) {
    failed(cause);
    return Future.succeededFuture(null);
  }

  private Checkpoint later(Checkpoint recorded, Checkpoint written) {
    if (recorded == null || written != null && written.line() >= recorded.line()) {
      return written;
    }
    log.error(
        "{} has lost checkpoints: the last that was written is not there; akm audit verify tells"
            + " more",
        file.path());
    return recorded;
  }

  /** Writes a checkpoint if the chain has moved since the last one. Never fails. */
  public Future<Void> tick() {
    return running.isComplete() ? look() : running;
  }

  /** The last one: of everything that was written before. Never fails. */
  public Future<Void> close() {
    return running.compose(idle -> look());
  }

  private Future<Void> look() {
    running =
        chain
            .committed(database)
            .compose(
                head ->
                    head.isEmpty() || last != null && last.n() == head.get().n()
                        ? Future.succeededFuture()
                        : write(head.get()))
            .recover(
                cause -> {
                  failed(cause);
                  return Future.succeededFuture();
                });
    return running;
  }

  private Future<Void> write(Checkpoint.Head head) {
    var checkpoint = Checkpoint.sign(chain.key(), head, last, clock.millis());
    return vertx
        .executeBlocking(() -> appended(checkpoint))
        .compose(
            written -> {
              last = written;
              chain.checkpointed(written.line());
              return record(written);
            })
        .onSuccess(recorded -> worksAgain());
  }

  private Checkpoint appended(Checkpoint checkpoint) throws IOException {
    file.append(checkpoint);
    return checkpoint;
  }

  /** After the file has it: the record never knows of more than stands there. */
  private Future<Void> record(Checkpoint checkpoint) {
    return database.write(
        connection ->
            connection
                .preparedQuery(
                    """
                    insert into audit_checkpoint (node, line) values (?, ?)
                    on conflict (node) do update set line = excluded.line""")
                .execute(Tuple.of(checkpoint.node(), CheckpointJson.encode(checkpoint)))
                .mapEmpty());
  }

  private void failed(Throwable cause) {
    if (trouble == null) {
      log.error("audit checkpoints cannot be written to {}", file.path(), cause);
    }
    trouble = "audit checkpoints cannot be written; the server's log tells why";
  }

  private void worksAgain() {
    if (trouble != null) {
      log.info("audit checkpoints are written to {} again", file.path());
      trouble = null;
    }
  }

  /** One sentence, if checkpoints cannot be written now. */
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }
}
