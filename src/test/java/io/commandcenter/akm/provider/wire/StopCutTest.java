package io.commandcenter.akm.provider.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopCutTest {
  /** However the text is cut, the same is given on. */
  @ParameterizedTest
  @CsvSource({
    "one END two, 'one ', END",
    "EENDx, E, END",
    "no stop here EN, no stop here EN,",
    "a##b, a, ##",
    "a#b, a#b,"
  })
  void endsAtTheFirstStopText(String text, String given, String hit) {
    for (int size = 1; size <= text.length(); size++) {
      var cut = new StopCut(List.of("END", "##", ""));
      var out = new StringBuilder();
      for (int at = 0; at < text.length(); at += size) {
        out.append(cut.take(text.substring(at, Math.min(text.length(), at + size))));
      }
      out.append(cut.rest());
      assertEquals(given, out.toString());
      assertEquals(hit, cut.hit());
    }
  }

  @Test
  void holdsNothingBackWithoutStopTexts() {
    var cut = new StopCut(List.of());
    assertEquals("anything", cut.take("anything"));
    assertEquals("", cut.rest());
    assertNull(cut.hit());
  }
}
