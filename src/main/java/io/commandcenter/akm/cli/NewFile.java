package io.commandcenter.akm.cli;

import io.commandcenter.akm.store.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that a command makes, 0600: it is there whole or not at all, and none is written over
 * unless the person says so. Blocks.
 */
final class NewFile implements AutoCloseable {
  private final Path file;
  private final Path written;
  private boolean kept;

  private NewFile(Path file, Path written) {
    this.file = file;
    this.written = written;
  }

  /**
   * Makes it, empty.
   *
   * @param force whether one of this name may be replaced; it stays until the new one is whole
   */
  static NewFile create(Path file, boolean force) {
    var absolute = file.toAbsolutePath();
    var written =
        force && Files.exists(absolute)
            ? absolute.resolveSibling("." + absolute.getFileName() + ".part")
            : absolute;
    try {
      return new NewFile(absolute, PrivateFile.create(written));
    } catch (FileAlreadyExistsException e) {
      throw new IllegalStateException(
          written.equals(absolute)
              ? file + " is there already; name another file or give --force"
              : written + " is left from an earlier try; remove it");
    } catch (NoSuchFileException e) {
      throw new IllegalStateException("there is no folder for " + file + "; make it first");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where to write to. */
  Path path() {
    return written;
  }

  /** The file is whole: makes it durable, in its place. */
  void keep() {
    try {
      PrivateFile.sync(written);
      if (!written.equals(file)) {
        Files.move(
            written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      }
      PrivateFile.syncFolderOf(file);
      kept = true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes it unless it was kept. */
  @Override
  public void close() {
    try {
      if (!kept) {
        Files.deleteIfExists(written);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
