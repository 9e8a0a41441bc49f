package io.commandcenter.akm.core.crypto;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A dotenv file, each value straight into a {@link Secret}: {@code export}, comments, single quotes
 * (literal), double quotes (with escapes), both over several lines. Nothing is expanded.
 *
 * @param variables in the order of the file; of two of one name the later
 */
public record EnvFile(List<Variable> variables, List<Fault> faults) {
  /**
   * @param line where it begins, from 1
   */
  public record Variable(String name, Secret value, int line) {}

  /**
   * What was passed over.
   *
   * @param name of the variable, or null if the line has none
   * @param reason never repeats what stood there
   */
  public record Fault(String name, int line, String reason) {}

  public EnvFile {
    variables = List.copyOf(variables);
    faults = List.copyOf(faults);
  }

  /** Reads it; the caller wipes its own array. */
  public static EnvFile parse(byte[] file) {
    return new Parser(file).parse();
  }

  private static final class Parser {
    private final byte[] text;
    private final Map<String, Variable> variables = new LinkedHashMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private int at;
    private int line = 1;

    Parser(byte[] text) {
      this.text = text;
      // The mark with which some editors begin a file.
      at = text.length > 2 && text[0] == (byte) 0xef && text[1] == (byte) 0xbb ? 3 : 0;
    }

    EnvFile parse() {
      while (at < text.length) {
        skipBlanks();
        if (at < text.length && text[at] != '#' && !atLineEnd()) {
          assignment();
        }
        skipLine();
      }
      return new EnvFile(List.copyOf(variables.values()), faults);
    }

    private void assignment() {
      var begins = line;
      var name = name();
      if (name.equals("export")) {
        skipBlanks();
        name = name();
      }
      skipBlanks();
      if (name.isEmpty() || at >= text.length || text[at] != '=') {
        faults.add(new Fault(null, begins, "is no assignment NAME=value"));
        return;
      }
      at++;
      skipBlanks();
      value(name, begins);
    }

    private void value(String name, int begins) {
      var quote = at < text.length ? text[at] : 0;
      var quoted = quote == '"' || quote == '\'';
      var buffer = new byte[text.length - at];
      int start = at;
      try {
        var length = quoted ? quoted(quote, buffer) : bare(buffer);
        if (length < 0) {
          // One missing quote must not swallow the rest of the file.
          at = start;
          line = begins;
        }
        refusal(length, quote, buffer)
            .ifPresentOrElse(
                reason -> faults.add(new Fault(name, begins, reason)),
                () -> keep(name, begins, Arrays.copyOf(buffer, length)));
      } finally {
        Arrays.fill(buffer, (byte) 0);
      }
    }

    private static Optional<String> refusal(int length, byte quote, byte[] value) {
      if (length < 0) {
        return Optional.of("has a quote that is not closed, or more after it");
      }
      if (length == 0) {
        return Optional.of("is empty");
      }
      return quote != '\'' && refers(value, length)
          ? Optional.of("refers to another variable; write the value itself")
          : Optional.empty();
    }

    private void keep(String name, int begins, byte[] value) {
      variables.remove(name);
      variables.put(name, new Variable(name, Secret.of(value), begins));
      Arrays.fill(value, (byte) 0);
    }

    /** {@code ${…}} anywhere, or {@code $NAME} as the whole of it. */
    private static boolean refers(byte[] value, int length) {
      for (int i = 0; i + 1 < length; i++) {
        if (value[i] == '$' && (value[i + 1] == '{' || (i == 0 && isName(value[i + 1])))) {
          return true;
        }
      }
      return false;
    }

    /** To the end of the line, or to a comment that stands apart. */
    private int bare(byte[] into) {
      int length = 0;
      while (at < text.length && !atLineEnd()) {
        if (text[at] == '#' && (length == 0 || isBlank(into[length - 1]))) {
          break;
        }
        into[length++] = text[at++];
      }
      while (length > 0 && isBlank(into[length - 1])) {
        length--;
      }
      return length;
    }

    /** To the closing quote; -1 if there is none or something follows it. */
    private int quoted(byte quote, byte[] into) {
      int length = 0;
      for (at++; at < text.length && text[at] != quote; at++) {
        if (text[at] == '\n') {
          line++;
        }
        into[length++] = quote == '"' && text[at] == '\\' ? escaped() : text[at];
      }
      if (at >= text.length) {
        return -1;
      }
      at++;
      skipBlanks();
      return at >= text.length || atLineEnd() || text[at] == '#' ? length : -1;
    }

    private byte escaped() {
      if (at + 1 >= text.length) {
        return '\\';
      }
      return switch (text[at + 1]) {
        case 'n' -> replace('\n');
        case 'r' -> replace('\r');
        case 't' -> replace('\t');
        case '"', '\\', '$', '\'' -> replace((char) text[at + 1]);
        // Any other backslash stands for itself.
        default -> '\\';
      };
    }

    private byte replace(char meant) {
      at++;
      return (byte) meant;
    }

    private String name() {
      int start = at;
      while (at < text.length && isName(text[at])) {
        at++;
      }
      return new String(text, start, at - start, StandardCharsets.US_ASCII);
    }

    private void skipBlanks() {
      while (at < text.length && isBlank(text[at])) {
        at++;
      }
    }

    private void skipLine() {
      while (at < text.length && text[at] != '\n') {
        at++;
      }
      at++;
      line++;
    }

    private boolean atLineEnd() {
      return text[at] == '\n' || text[at] == '\r';
    }

    private static boolean isBlank(byte character) {
      return character == ' ' || character == '\t';
    }

    private static boolean isName(byte character) {
      return character == '_'
          || (character >= '0' && character <= '9')
          || (character >= 'A' && character <= 'Z')
          || (character >= 'a' && character <= 'z');
    }
  }
}
