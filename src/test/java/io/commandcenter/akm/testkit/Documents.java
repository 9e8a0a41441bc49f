package io.commandcenter.akm.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares a document with what the code says, or writes it when asked with {@code
 * -Dakm.docs=write}.
 */
public final class Documents {
  private Documents() {}

  public static void compare(String file, String expected) throws IOException {
    var path = Path.of("docs", file);
    if ("write".equals(System.getProperty("akm.docs"))) {
      Files.createDirectories(path.getParent());
      Files.writeString(path, expected);
    }
    assertEquals(expected, Files.readString(path), "docs/" + file + " differs from the code");
  }
}
