package io.commandcenter.akm.vault;

import static java.nio.file.attribute.PosixFilePermission.GROUP_READ;
import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** How a file with a secret must be kept. */
enum FileRule {
  /** A plain file of this user that nobody else may touch. */
  PRIVATE,
  /**
   * As systemd keeps it: of root or of this user. Where it grants access by an access list, the
   * list's mask stands in the place of the group's read bit.
   */
  CREDENTIAL,
  /** A mounted secret: a link to a file that root owns and that others may read, never write. */
  SHARED;

  private static final Set<PosixFilePermission> OWNER_ONLY = EnumSet.of(OWNER_READ, OWNER_WRITE);

  boolean followsLinks() {
    return this == SHARED;
  }

  /**
   * Why the file must not be used, as the end of a sentence; empty if it may.
   *
   * @param attributes of the link itself, unless links are followed
   */
  Optional<String> fault(PosixFileAttributes attributes, String owner, Path file) {
    if (attributes.isSymbolicLink()) {
      return Optional.of(
          "is a link; name the file itself, or set master_key_shared for a mounted secret");
    }
    if (!attributes.isRegularFile()) {
      return Optional.of("is no plain file; put the key in one");
    }
    var ownedBy = attributes.owner().getName();
    if (!ownedBy.equals(owner) && (this == PRIVATE || !ownedBy.equals("root"))) {
      return Optional.of("belongs to another user; run `chown " + owner + " " + file + "`");
    }
    return allowed(attributes.permissions())
        ? Optional.empty()
        : Optional.of("can be used by others; run `chmod 600 " + file + "`");
  }

  private boolean allowed(Set<PosixFilePermission> permissions) {
    return switch (this) {
      case PRIVATE -> OWNER_ONLY.containsAll(permissions);
      case CREDENTIAL -> EnumSet.of(OWNER_READ, OWNER_WRITE, GROUP_READ).containsAll(permissions);
      case SHARED -> !permissions.contains(GROUP_WRITE) && !permissions.contains(OTHERS_WRITE);
    };
  }
}
