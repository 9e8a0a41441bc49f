package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.MasterKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/** A master key in a file that only its owner can read. */
final class MasterKeyFile {
  private static final int MAX_BYTES = 1024;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final Path file;
  private final String owner;

  /**
   * @param owner the user who must own the file
   */
  MasterKeyFile(Path file, String owner) {
    this.file = file.toAbsolutePath().normalize();
    this.owner = owner;
  }

  Path path() {
    return file;
  }

  boolean exists() {
    return Files.exists(file);
  }

  /** Refuses a file that others own or may touch: its key may be known to them. */
  MasterKey read() {
    try {
      refuseUnlessPrivate();
      if (Files.size(file) > MAX_BYTES) {
        throw refused("is too large to hold 32 bytes in base64 or hex");
      }
      return MasterKey.parse(Files.readString(file, StandardCharsets.US_ASCII));
    } catch (IOException unreadable) {
      throw refused("cannot be read; check that it is a file of this user");
    } catch (IllegalArgumentException malformed) {
      throw refused("does not hold a key: " + malformed.getMessage());
    }
  }

  private void refuseUnlessPrivate() throws IOException {
    var attributes = Files.readAttributes(file, PosixFileAttributes.class);
    if (!attributes.owner().getName().equals(owner)) {
      throw refused("belongs to another user; run `chown " + owner + " " + file + "`");
    }
    if (!OWNER_ONLY.containsAll(attributes.permissions())) {
      throw refused("can be used by others; run `chmod 600 " + file + "`");
    }
  }

  /** Makes the file, durably, or fails if there is one. */
  void create(MasterKey key) {
    try {
      var folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
      if (!Files.exists(folder)) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      var exclusively = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      var mode = PosixFilePermissions.asFileAttribute(OWNER_ONLY);
      try (var channel = FileChannel.open(file, exclusively, mode)) {
        channel.write(ByteBuffer.wrap((key.encoded() + "\n").getBytes(StandardCharsets.US_ASCII)));
        channel.force(true);
      }
      // The name is durable only when its folder is: a vault without its key could not be opened.
      try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    } catch (FileAlreadyExistsException e) {
      throw refused("was made by someone else at the same time; start again");
    } catch (IOException e) {
      throw refused("cannot be made; check that its folder can be written");
    }
  }

  /** The user this process runs as; the name in {@code user.name} can be set by anyone. */
  static String processOwner() {
    var self = Path.of("/proc/self");
    try {
      return Files.exists(self) ? Files.getOwner(self).getName() : System.getProperty("user.name");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Failure refused(String why) {
    return new Failure(Code.SEALED, "the master key file " + file + " " + why);
  }
}
