package io.commandcenter.akm.store;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The data directory, readable by its owner only, and held by one process at a time. */
public final class DataDirectory {
  private static final String TEMPORARY = "akm-temporary-";

  private final Path path;
  private final FileChannel channel;
  private final FileLock lock;

  private DataDirectory(Path path, FileChannel channel, FileLock lock) {
    this.path = path;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Makes the directory and an empty database if need be, takes its lock and removes what a crash
   * has left; blocks.
   */
  public static DataDirectory open(Path path) throws IOException {
    var directory = lock(path);
    directory.keepToTheOwner();
    directory.removeLeftOvers();
    return directory;
  }

  /** The same without an empty database: for whoever brings one. */
  public static DataDirectory forRestore(Path path) throws IOException {
    var directory = lock(path);
    directory.removeLeftOvers();
    return directory;
  }

  /** The name of a file that is of no use after a crash. */
  public static String temporary(String name) {
    return TEMPORARY + name;
  }

  private void removeLeftOvers() throws IOException {
    try (var files = Files.newDirectoryStream(path, TEMPORARY + "*")) {
      for (var file : files) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static DataDirectory lock(Path path) throws IOException {
    var absolute = path.toAbsolutePath().normalize();
    if (!Files.isDirectory(absolute)) {
      create(absolute);
    }
    var channel =
        FileChannel.open(
            absolute.resolve("akm.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      var lock = channel.tryLock();
      if (lock != null) {
        return new DataDirectory(absolute, channel, lock);
      }
    } catch (OverlappingFileLockException heldByThisProcess) {
      // The same answer as for another process.
    }
    channel.close();
    throw new IOException(
        "the data directory "
            + absolute
            + " is in use by another akm; stop that one or set AKM_DATA");
  }

  private static void create(Path path) throws IOException {
    if (posix()) {
      Files.createDirectories(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectories(path);
    }
  }

  /** Made here so that nobody else may read it, also in a directory that others may enter. */
  private void keepToTheOwner() throws IOException {
    if (Files.exists(database()) || !posix()) {
      return;
    }
    var ownerOnly = PosixFilePermissions.fromString("rw-------");
    // The write-ahead log takes its mode from the database's file.
    Files.createFile(database(), PosixFilePermissions.asFileAttribute(ownerOnly));
  }

  static boolean posix() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }

  public Path database() {
    return databaseIn(path);
  }

  /** Where a data directory has its database, open or not. */
  public static Path databaseIn(Path dataDir) {
    return dataDir.toAbsolutePath().normalize().resolve("akm.db");
  }

  /** Beside the database, so that it can be moved into its place; not there yet. */
  public Path temporaryFile(String name) {
    return path.resolve(temporary(name));
  }

  public Future<Void> close() {
    try {
      lock.release();
      channel.close();
      return Future.succeededFuture();
    } catch (IOException e) {
      return Future.failedFuture(e);
    }
  }
}
