package io.commandcenter.akm.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The file from which a person takes the first admin token; only its owner can read it. */
final class BootstrapFile {
  private final Path file;

  BootstrapFile(Path dataDir) {
    file = dataDir.toAbsolutePath().normalize().resolve("bootstrap.token");
  }

  Path path() {
    return file;
  }

  /** Never writes over a file: it may be the token of another start, or a trap. */
  Path write(String token) {
    var exclusively = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try (var channel = FileChannel.open(file, exclusively, mode)) {
      channel.write(ByteBuffer.wrap((token + "\n").getBytes(StandardCharsets.US_ASCII)));
      channel.force(true);
      return file;
    } catch (FileAlreadyExistsException e) {
      throw new IllegalStateException(
          file + " is there, but this data knows no token; remove the file and start again");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** Takes back what {@link #write} wrote. */
  void withdraw() throws IOException {
    Files.deleteIfExists(file);
  }
}
