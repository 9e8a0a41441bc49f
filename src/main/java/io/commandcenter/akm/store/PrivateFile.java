package io.commandcenter.akm.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that only their owner can read, and what makes them durable; everything here blocks. */
public final class PrivateFile {
  private PrivateFile() {}

  /** Makes an empty one; FileAlreadyExistsException if there is anything of this name. */
  public static Path create(Path file) throws IOException {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return Files.createFile(file);
    }
    // With the mode from the start: between making and changing it others could open it.
    return Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  /** Whether others than its owner may read it; false where there are no such modes. */
  public static boolean readableByOthers(Path file) throws IOException {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return false;
    }
    var modes = Files.getPosixFilePermissions(file);
    return modes.contains(PosixFilePermission.GROUP_READ)
        || modes.contains(PosixFilePermission.OTHERS_READ);
  }

  /** Its content is on the disk when this returns. */
  public static void sync(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Its name is on the disk when this returns. */
  public static void syncFolderOf(Path file) throws IOException {
    var folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
