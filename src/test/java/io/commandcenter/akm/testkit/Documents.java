package io.commandcenter.akm.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

  /** The same for the lines between {@code <!-- name -->} and {@code <!-- /name -->}. */
  public static void compareSection(String file, String name, String expected) throws IOException {
    var path = Path.of("docs", file);
    var whole = Files.readString(path);
    var from = "<!-- " + name + " -->\n";
    int start = whole.indexOf(from) + from.length();
    int end = whole.indexOf("<!-- /" + name + " -->");
    assertTrue(start >= from.length() && end >= start, "docs/" + file + " has no section " + name);
    if ("write".equals(System.getProperty("akm.docs"))) {
      whole = whole.substring(0, start) + expected + whole.substring(end);
      Files.writeString(path, whole);
      end = start + expected.length();
    }
    assertEquals(
        expected, whole.substring(start, end), "docs/" + file + " differs from the tables");
  }
}
