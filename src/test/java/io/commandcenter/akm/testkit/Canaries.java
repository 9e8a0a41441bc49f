package io.commandcenter.akm.testkit;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.zip.ZipFile;

/**
 * Keys made to be looked for: each has letters, digits and signs that change in every encoding.
 *
 * <p>Looked for is every piece of sixteen characters of every form of every key, by a hash that
 * rolls over the text: so that a part of a key is found too, and a thousand keys cost no more than
 * one.
 */
public final class Canaries {
  private static final int PIECE = 16;
  private static final long BASE = 0x100000001b3L;
  private static final int FILTER_BITS = 24;

  private final List<String> keys = new ArrayList<>();
  private final List<String> prefixes = new ArrayList<>();
  private final Random random = new Random(42);
  private final Map<Long, Integer> pieces = new HashMap<>();
  private final BitSet filter = new BitSet(1 << FILTER_BITS);
  private int indexed;

  /** A key with the shape of a provider's. */
  public String next(String prefix) {
    var key = new StringBuilder(prefix).append("canary/").append(keys.size()).append('+');
    random.ints(40, 0, 36).forEach(i -> key.append(Character.forDigit(i, 36)));
    keys.add(key.toString());
    prefixes.add(prefix);
    return key.toString();
  }

  public int size() {
    return keys.size();
  }

  /** Where a piece of a canary stands in the text, in any of its forms; empty if nowhere. */
  public List<String> in(String where, String text) {
    index();
    long top = power(PIECE - 1);
    long hash = 0;
    var found = new TreeSet<Integer>();
    for (int i = 0; i < text.length(); i++) {
      if (i >= PIECE) {
        hash -= text.charAt(i - PIECE) * top;
      }
      hash = hash * BASE + text.charAt(i);
      if (i >= PIECE - 1 && filter.get(slot(hash)) && pieces.containsKey(hash)) {
        found.add(pieces.get(hash));
      }
    }
    return found.stream().map(i -> "canary " + i + " in " + where).toList();
  }

  /** The same for every file below a directory, read as bytes, and for what is in its zips. */
  public List<String> in(Path directory) throws IOException {
    var found = new ArrayList<String>();
    try (var files = Files.walk(directory)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var name = file.getFileName().toString();
        found.addAll(in(name, Files.readString(file, StandardCharsets.ISO_8859_1)));
        if (name.endsWith(".zip")) {
          found.addAll(inZip(file));
        }
      }
    }
    return found;
  }

  private List<String> inZip(Path file) throws IOException {
    var found = new ArrayList<String>();
    try (var zip = new ZipFile(file.toFile())) {
      for (var entry : zip.stream().toList()) {
        try (var in = zip.getInputStream(entry)) {
          var text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
          found.addAll(in(entry.getName() + " of " + file.getFileName(), text));
        }
      }
    }
    return found;
  }

  private void index() {
    for (; indexed < keys.size(); indexed++) {
      // What may be shown of a key is its prefix: it is no part of what is looked for.
      for (var form : forms(keys.get(indexed).substring(prefixes.get(indexed).length()))) {
        for (int i = 0; i + PIECE <= form.length(); i++) {
          long hash = hash(form.substring(i, i + PIECE));
          pieces.putIfAbsent(hash, indexed);
          filter.set(slot(hash));
        }
      }
    }
  }

  private static long hash(String piece) {
    long hash = 0;
    for (int i = 0; i < piece.length(); i++) {
      hash = hash * BASE + piece.charAt(i);
    }
    return hash;
  }

  private static long power(int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= BASE;
    }
    return power;
  }

  private static int slot(long hash) {
    return (int) ((hash ^ (hash >>> 32)) & ((1 << FILTER_BITS) - 1));
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
