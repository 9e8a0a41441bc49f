package io.commandcenter.akm.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalSegmentTest {
  private static final int SIZE = 256;
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("s.journal");
  }

  private JournalSegment open() throws IOException {
    return JournalSegment.open(file, SIZE);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private List<String> read() throws IOException {
    return open().read().stream().map(entry -> new String(entry, StandardCharsets.UTF_8)).toList();
  }

  @Test
  void readsWhatAnEarlierRunAppended() throws IOException {
    var segment = open();
    assertTrue(segment.isEmpty());
    assertTrue(segment.append(bytes("one")));
    assertTrue(segment.append(bytes("two")));
    assertFalse(segment.isEmpty());
    assertEquals(List.of("one", "two"), read());
  }

  @Test
  void takesItsWholeRoomFromTheStart() throws IOException {
    open();
    assertEquals(SIZE, Files.size(file));
    assertEquals(List.of(), read());
  }

  @Test
  void refusesWhatHasNoRoomAndKeepsTheRest() throws IOException {
    var segment = open();
    var entry = new byte[SIZE - 8 - 4];
    assertFalse(segment.append(new byte[entry.length + 1]));
    assertTrue(segment.append(entry));
    assertFalse(segment.append(bytes("")));
    assertArrayEquals(entry, open().read().get(0));
  }

  /** Seen failing with the end not written behind each entry. */
  @Test
  void passesOverOlderEntriesBehindTheNewOnes() throws IOException {
    var segment = open();
    segment.append(bytes("old1"));
    segment.append(bytes("old2"));
    segment.append(bytes("old3"));
    segment.clear();
    assertTrue(segment.isEmpty());
    assertEquals(List.of(), read());
    segment.append(bytes("new1"));
    assertEquals(List.of("new1"), read());
  }

  /** Seen failing without the comparison of the checksum. */
  @Test
  void endsBeforeAnEntryThatIsNotWhole() throws IOException {
    var segment = open();
    segment.append(bytes("one"));
    segment.append(bytes("two"));
    var raw = Files.readAllBytes(file);
    raw[8 + 3 + 8] ^= 1;
    Files.write(file, raw);
    assertEquals(List.of("one"), read());
  }

  /** Seen failing, out of memory, without the comparison with the room that is left. */
  @Test
  void endsBeforeALengthThatCannotBe() throws IOException {
    open().append(bytes("one"));
    for (int length : new int[] {-1, Integer.MAX_VALUE, Integer.MIN_VALUE, SIZE}) {
      var raw = Files.readAllBytes(file);
      ByteBuffer.wrap(raw).putInt(8 + 3, length);
      Files.write(file, raw);
      assertEquals(List.of("one"), read());
    }
  }
}
