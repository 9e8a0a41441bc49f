package io.commandcenter.akm.store;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Puts another database into the place of the one there is, in one step: whenever the process is
 * killed, the directory holds the old data or the new. Blocks; the directory's lock is held.
 */
public final class Replacement {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  private final Path database;
  private final Instant now;

  public Replacement(DataDirectory directory, Instant now) {
    database = directory.database();
    this.now = now;
  }

  /** CONFLICT if there is data and nobody said that it may go. */
  public void mayReplace(boolean force) throws IOException {
    if (!force && occupied()) {
      throw new Failure(
          Code.CONFLICT,
          "the directory has data already; restore into another one, or give --force, which keeps"
              + " the old file aside");
    }
  }

  /** Moves a file that belongs to the old data out of the way, if it is there. */
  public void setAside(Path file) throws IOException {
    if (Files.exists(file)) {
      Files.move(file, asideOf(file), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private boolean occupied() throws IOException {
    // A start that never got further leaves an empty file.
    return Files.exists(database) && Files.size(database) > 0;
  }

  /**
   * Moves the prepared file into place.
   *
   * @param prepared closed, durable, in the same directory
   * @return where the old one is kept, if there was one
   */
  public Optional<Path> put(Path prepared) throws IOException {
    Optional<Path> kept = Optional.empty();
    if (occupied()) {
      foldIn();
      kept = Optional.of(aside(database));
    }
    // What is left of an old log would be read as a part of the new database.
    Files.deleteIfExists(sidecar(database, "-wal"));
    Files.deleteIfExists(sidecar(database, "-shm"));
    Files.move(
        prepared, database, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    PrivateFile.syncFolderOf(database);
    return kept;
  }

  /**
   * Writes the old write-ahead log into the old file. If that file is broken, which may be why it
   * is replaced, its log is kept beside it.
   */
  private void foldIn() throws IOException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        var statement = connection.createStatement()) {
      statement.execute("pragma wal_checkpoint(truncate)");
    } catch (SQLException broken) {
      var log = sidecar(database, "-wal");
      if (Files.exists(log)) {
        Files.copy(log, sidecar(asideOf(database), "-wal"), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  /** A second name for the old file; the first stays until the new file takes it over. */
  private Path aside(Path file) throws IOException {
    var aside = asideOf(file);
    try {
      Files.createLink(aside, file);
    } catch (UnsupportedOperationException | FileSystemException noLinks) {
      Files.copy(file, aside, StandardCopyOption.COPY_ATTRIBUTES);
      PrivateFile.sync(aside);
    }
    return aside;
  }

  private Path asideOf(Path file) {
    return file.resolveSibling(file.getFileName() + ".before-restore-" + STAMP.format(now));
  }

  private static Path sidecar(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }
}
