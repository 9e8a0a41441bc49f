package io.commandcenter.akm.testkit;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Looks for one mark, in any of its forms, in everything that is written to it, and keeps nothing
 * else: what is written may be larger than the memory.
 */
public final class MarkSearch extends OutputStream {
  private static final int AROUND = 160;
  private static final int CHUNK = 1 << 16;

  private final List<String> forms = new ArrayList<>();
  private final StringBuilder pending = new StringBuilder();
  private final List<String> found = new ArrayList<>();
  private long written;

  /**
   * @param mark letters and digits, so that JSON, URLs and HTML leave it as it is
   */
  public MarkSearch(String mark) {
    var bytes = mark.getBytes(StandardCharsets.US_ASCII);
    forms.add(mark);
    forms.add(HexFormat.of().formatHex(bytes));
    forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
    for (int shift = 0; shift < 3; shift++) {
      var shifted = new byte[bytes.length + shift];
      System.arraycopy(bytes, 0, shifted, shift, bytes.length);
      var text = Base64.getUrlEncoder().withoutPadding().encodeToString(shifted);
      // Without the ends, which depend on the neighbours.
      forms.add(text.substring(shift == 0 ? 0 : 4, text.length() - 2));
      forms.add(forms.get(forms.size() - 1).replace('-', '+').replace('_', '/'));
    }
  }

  @Override
  public synchronized void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) {
    written += length;
    pending.append(new String(bytes, from, length, StandardCharsets.ISO_8859_1));
    if (pending.length() > CHUNK) {
      search();
    }
  }

  public void look(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    write(bytes, 0, bytes.length);
    write('\n');
  }

  private void search() {
    var text = pending.toString();
    for (var form : forms) {
      for (int at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
        var end = Math.min(text.length(), at + AROUND / 2);
        found.add(text.substring(Math.max(0, at - AROUND), end).replace('\n', ' '));
      }
    }
    // The end may hold the beginning of a mark; less of it than a whole one is not found twice.
    pending.delete(0, Math.max(0, pending.length() - longest() + 1));
  }

  private int longest() {
    return forms.stream().mapToInt(String::length).max().orElse(1);
  }

  /** Where it stood, with what stood around it. */
  public synchronized List<String> found() {
    search();
    return List.copyOf(found);
  }

  public synchronized long written() {
    return written;
  }
}
