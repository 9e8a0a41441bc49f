package io.commandcenter.akm.core.money;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNamesTest {
  private static final List<String> NAMES =
      List.of("gpt-6-luna", "gpt-6-sol", "claude-opus-5", "gemini-3.8-flash");

  @Test
  void putsTheLeastChangedNameFirst() {
    assertEquals(List.of("gpt-6-sol", "gpt-6-luna"), NearestNames.of("gpt-6-soul", NAMES, 2));
  }

  @Test
  void doesNotMindCase() {
    assertEquals(List.of("claude-opus-5"), NearestNames.of("CLAUDE-OPUS-5", NAMES, 1));
  }

  @Test
  void doesNotMeasureAnOverlongName() {
    assertEquals(List.of(), NearestNames.of("x".repeat(65), NAMES, 2));
  }
}
