package io.commandcenter.akm.cli;

import io.commandcenter.akm.store.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** A person's file, read into memory if it is small enough. */
final class BoundedFile {
  static final int MAX = 1_048_576;

  private BoundedFile() {}

  /** Its bytes, which the caller wipes if they hold a secret. */
  static byte[] read(Path file) {
    try (var in = Files.newInputStream(file)) {
      var bytes = in.readNBytes(MAX + 1);
      if (bytes.length > MAX) {
        Arrays.fill(bytes, (byte) 0);
        throw new IllegalStateException(file + " is larger than 1 MiB; name another file");
      }
      return bytes;
    } catch (IOException e) {
      throw new IllegalStateException(file + " cannot be read: is it there, and yours to read?");
    }
  }

  /** A sentence if others can read the file. */
  static Optional<String> warning(Path file) {
    try {
      return PrivateFile.readableByOthers(file)
          ? Optional.of(
              "others can read " + file + ": run chmod 600, and consider its keys as seen")
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
