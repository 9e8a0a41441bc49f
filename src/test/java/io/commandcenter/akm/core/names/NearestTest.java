package io.commandcenter.akm.core.names;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> NAMES =
      List.of("gpt-6-luna", "gpt-6-sol", "claude-opus-5", "gemini-3.8-flash");

  @Test
  void putsTheLeastChangedNameFirst() {
    assertEquals(List.of("gpt-6-sol", "gpt-6-luna"), Nearest.several("gpt-6-SOUL", NAMES, 2));
  }

  @Test
  void suggestsOnlyWhatIsClose() {
    assertEquals(Optional.of("gpt-6-sol"), Nearest.to("gpt-6-sl", NAMES));
    assertEquals(Optional.empty(), Nearest.to("x", NAMES));
  }
}
