package io.commandcenter.akm.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  @TempDir Path folder;

  private Journal open() throws IOException {
    return Journal.open(folder).journal();
  }

  private List<String> left() throws IOException {
    return Journal.open(folder).left().stream()
        .map(entry -> new String(entry, StandardCharsets.UTF_8))
        .sorted()
        .toList();
  }

  private static boolean append(Journal journal, String text) {
    return journal.append(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void keepsTheEntriesOfBothSegmentsUntilTheyAreCleared() throws IOException {
    var journal = open();
    append(journal, "1");
    journal.turn();
    append(journal, "2");
    assertEquals(List.of("1", "2"), left());
    journal.clear();
    assertEquals(List.of("2"), left());
    journal.turn();
    journal.clear();
    assertEquals(List.of(), left());
  }

  /** Seen failing without the look at the resting segment. */
  @Test
  void turnsOnlyOnceTheOtherSegmentIsCleared() throws IOException {
    var journal = open();
    append(journal, "1");
    journal.turn();
    append(journal, "2");
    assertThrows(IllegalStateException.class, journal::turn);
    assertEquals(List.of("1", "2"), left());
  }

  @Test
  void beginsAnewOnceWhatIsLeftIsCleared() throws IOException {
    append(open(), "1");
    var journal = open();
    journal.clearAll();
    append(journal, "2");
    assertEquals(List.of("2"), left());
  }

  @Test
  void saysWhenItIsFull() throws IOException {
    var journal = open();
    var entry = new byte[1 << 20];
    int taken = 0;
    while (journal.append(entry)) {
      taken++;
    }
    assertEquals(3, taken);
    journal.turn();
    assertTrue(journal.append(entry));
    journal.clear();
    assertFalse(Journal.open(folder).left().isEmpty());
  }
}
