package io.commandcenter.akm.store;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A file of entries that is mapped into memory: what was appended outlives this process, however it
 * ends, at the cost of a copy. It is no protection against the machine's own end.
 *
 * <p>Entry: length (4 bytes), CRC-32 (4 bytes), the bytes. A length of 0 ends the entries.
 */
final class JournalSegment {
  private static final int HEAD = 8;

  private final MappedByteBuffer map;
  private int position;

  private JournalSegment(MappedByteBuffer map) {
    this.map = map;
  }

  /** Opens the file or makes it; blocks. */
  static JournalSegment open(Path file, int size) throws IOException {
    if (!Files.exists(file)) {
      PrivateFile.create(file);
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (channel.size() < size) {
        // Written out in full: a hole would be filled later, when the disk may have no room.
        channel.write(java.nio.ByteBuffer.allocate((int) (size - channel.size())), channel.size());
      }
      return new JournalSegment(channel.map(FileChannel.MapMode.READ_WRITE, 0, size));
    }
  }

  /** False if there is no room. */
  boolean append(byte[] entry) {
    if (position + HEAD + entry.length + Integer.BYTES > map.capacity()) {
      return false;
    }
    map.put(position + HEAD, entry);
    map.putInt(position + Integer.BYTES, crc(entry));
    map.putInt(position + HEAD + entry.length, 0);
    // Last: until now whoever reads sees the end here.
    map.putInt(position, entry.length);
    position += HEAD + entry.length;
    return true;
  }

  /** The entries that another run has left; ends at the first that is not whole. */
  List<byte[]> read() {
    var entries = new ArrayList<byte[]>();
    int at = 0;
    while (at + HEAD <= map.capacity()) {
      int length = map.getInt(at);
      if (length <= 0 || length > map.capacity() - at - HEAD) {
        break;
      }
      var entry = new byte[length];
      map.get(at + HEAD, entry);
      if (map.getInt(at + Integer.BYTES) != crc(entry)) {
        break;
      }
      entries.add(entry);
      at += HEAD + length;
    }
    return entries;
  }

  boolean isEmpty() {
    return position == 0;
  }

  void clear() {
    map.putInt(0, 0);
    position = 0;
  }

  private static int crc(byte[] bytes) {
    var crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
