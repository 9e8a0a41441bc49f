package io.commandcenter.akm.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
import java.util.Set;
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
  private final Random random = new Random(42);
  private final Map<Long, Integer> pieces = new HashMap<>();
  private final BitSet filter = new BitSet(1 << FILTER_BITS);

  /**
   * Looks at everything that is written to it and keeps nothing: a log at TRACE is larger than
   * memory.
   */
  public final class Watch extends OutputStream {
    private final long top = power(PIECE - 1);
    private final byte[] last = new byte[PIECE];
    private final Set<Integer> found = new TreeSet<>();
    private long hash;
    private long size;

    @Override
    public void write(int value) {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      synchronized (Canaries.this) {
        for (int i = offset; i < offset + length; i++) {
          look(bytes[i]);
        }
      }
    }

    private void look(byte value) {
      int slot = (int) (size % PIECE);
      hash = (hash - last[slot] * top) * BASE + value;
      last[slot] = value;
      size++;
      if (filter.get(slot(hash)) && pieces.containsKey(hash)) {
        found.add(pieces.get(hash));
      }
    }

    /** How many bytes it has seen. */
    public long size() {
      synchronized (Canaries.this) {
        return size;
      }
    }

    /** The canaries of which a piece was among them. */
    public List<String> found(String where) {
      synchronized (Canaries.this) {
        return found.stream().map(i -> "canary " + i + " in " + where).toList();
      }
    }
  }

  public Watch watch() {
    return new Watch();
  }

  /** A key with the shape of a provider's. */
  public synchronized String next(String prefix) {
    var key = new StringBuilder(prefix).append("canary/").append(keys.size()).append('+');
    random.ints(40, 0, 36).forEach(i -> key.append(Character.forDigit(i, 36)));
    keys.add(key.toString());
    // What may be shown of a key is its prefix: it is no part of what is looked for.
    index(keys.size() - 1, key.substring(prefix.length()));
    return key.toString();
  }

  public synchronized int size() {
    return keys.size();
  }

  /** Where a piece of a canary stands in the text, in any of its forms; empty if nowhere. */
  public List<String> in(String where, String text) throws IOException {
    return in(where, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private List<String> in(String where, InputStream text) throws IOException {
    var watch = watch();
    text.transferTo(watch);
    return watch.found(where);
  }

  /** The same for every file below a directory, read as bytes, and for what is in its zips. */
  public List<String> in(Path directory) throws IOException {
    var found = new ArrayList<String>();
    try (var files = Files.walk(directory)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var name = file.getFileName().toString();
        try (var in = Files.newInputStream(file)) {
          found.addAll(in(name, in));
        }
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
          found.addAll(in(entry.getName() + " of " + file.getFileName(), in));
        }
      }
    }
    return found;
  }

  private void index(int canary, String body) {
    for (var form : forms(body)) {
      for (int i = 0; i + PIECE <= form.length(); i++) {
        long hash = hash(form.substring(i, i + PIECE));
        pieces.putIfAbsent(hash, canary);
        filter.set(slot(hash));
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
