package io.commandcenter.akm.testkit;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Keys made to be looked for: each has letters, digits and signs that change in every encoding. */
public final class Canaries {
  private final List<String> keys = new ArrayList<>();
  private final Random random = new Random(42);

  /** A key with the shape of a provider's. */
  public String next(String prefix) {
    var key = new StringBuilder(prefix).append("canary/").append(keys.size()).append('+');
    random.ints(40, 0, 36).forEach(i -> key.append(Character.forDigit(i, 36)));
    keys.add(key.toString());
    return key.toString();
  }

  public int size() {
    return keys.size();
  }

  /** Where a canary stands in the text, in any of its forms; empty if nowhere. */
  public List<String> in(String where, String text) {
    var found = new ArrayList<String>();
    for (int i = 0; i < keys.size(); i++) {
      for (var form : forms(keys.get(i))) {
        if (text.contains(form)) {
          found.add("canary " + i + " in " + where);
        }
      }
    }
    return found;
  }

  /** The same for every file below a directory, read as bytes. */
  public List<String> in(Path directory) throws IOException {
    var found = new ArrayList<String>();
    try (var files = Files.walk(directory)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        found.addAll(
            in(file.getFileName().toString(), Files.readString(file, StandardCharsets.ISO_8859_1)));
      }
    }
    return found;
  }

  /** Raw, hex, URL-encoded, and base64 at each of the three alignments. */
  private static List<String> forms(String key) {
    var bytes = key.getBytes(StandardCharsets.UTF_8);
    var forms = new ArrayList<String>();
    forms.add(key);
    forms.add(HexFormat.of().formatHex(bytes));
    forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
    forms.add(URLEncoder.encode(key, StandardCharsets.UTF_8));
    for (int shift = 0; shift < 3; shift++) {
      var shifted = new byte[bytes.length + shift];
      System.arraycopy(bytes, 0, shifted, shift, bytes.length);
      forms.add(middle(Base64.getEncoder().encodeToString(shifted)));
      forms.add(middle(Base64.getUrlEncoder().encodeToString(shifted)));
    }
    return forms;
  }

  /** Without the ends, which depend on the neighbours. */
  private static String middle(String base64) {
    return base64.substring(4, base64.length() - 4);
  }
}
