package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Changes of files that hold when the call returns, whatever happens to the machine after it. */
final class DurableFile {
  private DurableFile() {}

  /** Makes a file of 0600, with its folder of 0700 if need be; fails if there is one. */
  static void create(Path file, String text, Function<String, Failure> refused) {
    try {
      var folder = folder(file);
      if (!Files.exists(folder)) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      var exclusively = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      try (var channel = FileChannel.open(file, exclusively, mode)) {
        var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      flush(folder);
    } catch (FileAlreadyExistsException e) {
      throw refused.apply("was made by someone else at the same time; start again");
    } catch (IOException e) {
      throw refused.apply("cannot be made; check that its folder can be written");
    }
  }

  static void move(Path from, Path to, Function<String, Failure> refused) {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      flush(folder(to));
    } catch (IOException e) {
      throw refused.apply("cannot be moved; check that its folder can be written");
    }
  }

  static void delete(Path file, Function<String, Failure> refused) {
    try {
      Files.deleteIfExists(file);
      flush(folder(file));
    } catch (IOException e) {
      throw refused.apply("cannot be deleted; check that its folder can be written");
    }
  }

  /** A name is durable only when its folder is: a vault without its key could not be opened. */
  private static void flush(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static Path folder(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
  }
}
