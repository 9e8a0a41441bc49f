package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.MasterKey;
import io.commandcenter.akm.core.crypto.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Arrays;
import java.util.Optional;

/** A master key or a passphrase in a file, read only if it is kept as its rule says. */
final class MasterKeyFile {
  private static final int MAX_BYTES = 1024;
  private static final int MIN_PASSPHRASE = 12;

  private final String what;
  private final Path file;
  private final String owner;
  private final FileRule rule;

  /**
   * @param what it is for people, for example {@code the master key file}
   * @param owner the user this process runs as
   */
  MasterKeyFile(String what, Path file, String owner, FileRule rule) {
    this.what = what;
    this.file = file.toAbsolutePath().normalize();
    this.owner = owner;
    this.rule = rule;
  }

  /** A master key that only its owner can read. */
  MasterKeyFile(Path file, String owner) {
    this("the master key file", file, owner, FileRule.PRIVATE);
  }

  Path path() {
    return file;
  }

  /** A link to nowhere counts too: it is refused, not passed over. */
  boolean exists() {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  String name() {
    return what + " " + file;
  }

  /** The file beside this one that a rekey writes and moves: {@code .next}, {@code .old}. */
  MasterKeyFile beside(String suffix) {
    return new MasterKeyFile(what, Path.of(file + suffix), owner, FileRule.PRIVATE);
  }

  /** Refuses a file that others own or may touch: its key may be known to them. */
  MasterKey read() {
    try {
      return parsed();
    } catch (IllegalArgumentException malformed) {
      throw refused("does not hold a key: " + malformed.getMessage());
    }
  }

  /** Empty also for a file that was cut off while it was written. */
  Optional<MasterKey> readIfWhole() {
    try {
      return exists() ? Optional.of(parsed()) : Optional.empty();
    } catch (IllegalArgumentException cutOff) {
      return Optional.empty();
    }
  }

  private MasterKey parsed() {
    var bytes = bytes();
    try {
      return MasterKey.parse(new String(bytes, StandardCharsets.US_ASCII));
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** The file's text without the line's end. */
  Secret passphrase() {
    var bytes = bytes();
    try {
      var length = bytes.length;
      while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r')) {
        length--;
      }
      if (length < MIN_PASSPHRASE) {
        throw refused("holds a passphrase of less than " + MIN_PASSPHRASE + " characters");
      }
      var text = Arrays.copyOf(bytes, length);
      var secret = Secret.of(text);
      Arrays.fill(text, (byte) 0);
      return secret;
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private byte[] bytes() {
    try {
      var attributes =
          rule.followsLinks()
              ? Files.readAttributes(file, PosixFileAttributes.class)
              : Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      rule.fault(attributes, owner, file)
          .ifPresent(
              fault -> {
                throw refused(fault);
              });
      if (attributes.size() > MAX_BYTES) {
        throw refused("is too large: it has more than " + MAX_BYTES + " bytes");
      }
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw refused("cannot be read; check that it is a file of this user");
    }
  }

  /** Makes the file, durably, or fails if there is one. */
  void create(MasterKey key) {
    DurableFile.create(file, key.encoded() + "\n", this::refused);
  }

  /** Takes this file's place to the other's, over what is there, in one step. */
  void moveOver(MasterKeyFile other) {
    DurableFile.move(file, other.file, this::refused);
  }

  void delete() {
    DurableFile.delete(file, this::refused);
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
    return new Failure(Code.SEALED, name() + " " + why);
  }
}
