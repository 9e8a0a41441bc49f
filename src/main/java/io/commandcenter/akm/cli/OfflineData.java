package io.commandcenter.akm.cli;

import io.commandcenter.akm.config.Configuration;
import io.commandcenter.akm.core.crypto.Seal;
import io.commandcenter.akm.store.AuditStore;
import io.commandcenter.akm.store.DataDirectory;
import io.commandcenter.akm.store.Database;
import io.commandcenter.akm.vault.SealDesk;
import io.commandcenter.akm.vault.Unsealing;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The data directory, opened by a command itself: for what must work while the service does not
 * run. It takes the directory's lock, so it fails while the service has it.
 *
 * @param audit appends only if the seal is open
 * @param seal open or sealed, as the service would find it
 */
record OfflineData(
    Vertx vertx,
    Configuration configuration,
    Map<String, String> environment,
    Database database,
    AuditStore audit,
    Seal seal) {

  /** Opens it, does the work and closes it again; blocks. */
  static <T> T use(
      Configuration configuration,
      Map<String, String> environment,
      Function<OfflineData, Future<T>> work) {
    return withDatabase(
        configuration,
        (vertx, database) -> unseal(vertx, configuration, environment, database).compose(work));
  }

  /** Makes the vault; gives one sentence that says where its master key is. */
  static String init(Configuration configuration, Map<String, String> environment) {
    return withDatabase(
        configuration,
        (vertx, database) ->
            Unsealing.init(
                vertx,
                database,
                environment,
                configuration.server(),
                Clock.systemUTC(),
                new SecureRandom()));
  }

  private static <T> T withDatabase(
      Configuration configuration, BiFunction<Vertx, Database, Future<T>> work) {
    var vertx = Vertx.vertx();
    try {
      return vertx
          .executeBlocking(() -> DataDirectory.open(configuration.server().dataDir()))
          .compose(
              directory ->
                  Database.open(vertx, directory.database())
                      .compose(database -> work.apply(vertx, database).eventually(database::close))
                      .eventually(directory::close))
          .await();
    } finally {
      vertx.close().await();
    }
  }

  /** The vault's seal and its rekeys, as the service would run them. */
  SealDesk sealDesk() {
    return SealDesk.offline(
        vertx,
        database,
        seal,
        environment,
        configuration.server(),
        Clock.systemUTC(),
        new SecureRandom());
  }

  private static Future<OfflineData> unseal(
      Vertx vertx,
      Configuration configuration,
      Map<String, String> environment,
      Database database) {
    return Unsealing.open(
            vertx,
            database,
            environment,
            configuration.server(),
            Clock.systemUTC(),
            new SecureRandom())
        .map(seal -> of(vertx, configuration, environment, database, seal));
  }

  private static OfflineData of(
      Vertx vertx,
      Configuration configuration,
      Map<String, String> environment,
      Database database,
      Seal seal) {
    var audit = AuditStore.of(database, seal, configuration.server().audit().node());
    return new OfflineData(vertx, configuration, environment, database, audit, seal);
  }

  /**
   * Opens it for reading only and without its lock, so also while the service runs; changes
   * nothing; blocks.
   */
  static <T> T read(
      Configuration configuration,
      Map<String, String> environment,
      Function<OfflineData, Future<T>> work) {
    var server = configuration.server();
    var file = DataDirectory.databaseIn(server.dataDir());
    if (Files.notExists(file)) {
      throw new IllegalStateException("there is no data at " + file + "; set AKM_DATA");
    }
    var vertx = Vertx.vertx();
    try {
      var database = Database.readOnly(vertx, file);
      return Unsealing.look(
              vertx, database, environment, server, Clock.systemUTC(), new SecureRandom())
          .map(seal -> of(vertx, configuration, environment, database, seal))
          .compose(work)
          .eventually(database::close)
          .await();
    } finally {
      vertx.close().await();
    }
  }
}
