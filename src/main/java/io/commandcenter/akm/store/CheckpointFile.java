package io.commandcenter.akm.store;

import io.commandcenter.akm.core.audit.Checkpoint;
import io.commandcenter.akm.core.audit.CheckpointLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Iterator;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** The file that checkpoints are appended to, a line each. All of it blocks. */
final class CheckpointFile {
  private static final int TAIL = 65_536;

  private final Path path;

  CheckpointFile(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  /** Bytes; 0 if there is no file. */
  long size() throws IOException {
    return Files.exists(path) ? Files.size(path) : 0;
  }

  /** On the disk when it returns; what a crash or a full disk left of a line is taken away. */
  void append(Checkpoint checkpoint) throws IOException {
    boolean isNew = Files.notExists(path);
    var options =
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try (var channel = FileChannel.open(path, options, ownerOnly())) {
      var end = endOfLines(channel);
      if (end < channel.size()) {
        channel.truncate(end);
      }
      var line = CheckpointJson.encode(checkpoint) + "\n";
      var bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes, end + bytes.position());
      }
      channel.force(true);
    }
    if (isNew) {
      syncFolder();
    }
  }

  private static FileAttribute<?>[] ownerOnly() {
    return DataDirectory.posix()
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /** After the last line break. */
  private static long endOfLines(FileChannel channel) throws IOException {
    var tail = tail(channel);
    var end = channel.size();
    for (int i = tail.length - 1; i >= 0 && tail[i] != '\n'; i--) {
      end--;
    }
    return end;
  }

  private static byte[] tail(FileChannel channel) throws IOException {
    var bytes = ByteBuffer.allocate((int) Math.min(TAIL, channel.size()));
    var from = channel.size() - bytes.capacity();
    while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
      continue;
    }
    return bytes.array();
  }

  /** A new file's name must be on the disk, too. */
  private void syncFolder() throws IOException {
    var parent = Objects.requireNonNull(path.toAbsolutePath().getParent(), "a file has a folder");
    try (var folder = FileChannel.open(parent)) {
      folder.force(true);
    }
  }

  /** The last that fits among the newest lines, or null. */
  Checkpoint last(Predicate<Checkpoint> fits) throws IOException {
    if (Files.notExists(path)) {
      return null;
    }
    try (var channel = FileChannel.open(path)) {
      var lines = new String(tail(channel), StandardCharsets.UTF_8).split("\n");
      for (int i = lines.length - 1; i >= 0; i--) {
        var checkpoint = CheckpointJson.parse(lines[i]).filter(fits);
        if (checkpoint.isPresent()) {
          return checkpoint.get();
        }
      }
      return null;
    }
  }

  /**
   * Gives all lines to a reader.
   *
   * @param settled bytes that stood before the rows were read
   */
  <T> T read(long settled, LineReader<T> reader) throws IOException {
    if (Files.notExists(path)) {
      return reader.read(Collections.emptyIterator());
    }
    try (var in = Files.newInputStream(path)) {
      return reader.read(new CheckpointLines(in, settled));
    }
  }

  /** What reads the lines while the file is open. */
  @FunctionalInterface
  interface LineReader<T> {
    T read(Iterator<CheckpointLine> lines) throws IOException;
  }
}
