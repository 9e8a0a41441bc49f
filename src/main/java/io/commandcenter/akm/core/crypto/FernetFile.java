package io.commandcenter.akm.core.crypto;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A key file kept under Fernet: either one token around {@code {"keys":{provider: key}}}, or such
 * an object whose values are tokens. In both, a value may also be {@code {"key": …}}.
 */
public final class FernetFile {
  private static final int MAX_DEPTH = 16;
  private static final int MAX_KEYS = 1000;
  // Version 0x80 and a time before the year 2106, in base64url.
  private static final byte[] TOKEN = "gAAAAA".getBytes(StandardCharsets.US_ASCII);
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  private final FernetKey key;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>();
  private int tokens;
  private int opened;

  private FernetFile(FernetKey key) {
    this.key = key;
  }

  /**
   * @param provider as the file names it
   */
  public record Entry(String provider, Secret key) {}

  /** What was passed over, and why. */
  public record Fault(String provider, String reason) {}

  /** How the reading ended. */
  public sealed interface Outcome {
    record Opened(List<Entry> entries, List<Fault> faults) implements Outcome {}

    /** Nothing opens: the secret or the salt is another one, or the file was changed. */
    record WrongSecret() implements Outcome {}

    record NoKeyFile() implements Outcome {}
  }

  /** Reads it; the caller wipes its own array. */
  public static Outcome read(byte[] file, FernetKey key) {
    var text = stripped(file);
    var reader = new FernetFile(key);
    if (text.length > 0 && text[0] == '{') {
      return reader.outcome(text, true);
    }
    if (!isToken(text)) {
      return new Outcome.NoKeyFile();
    }
    var plain = key.open(text);
    if (plain.isEmpty()) {
      return new Outcome.WrongSecret();
    }
    try {
      return reader.outcome(plain.get(), false);
    } finally {
      Arrays.fill(plain.get(), (byte) 0);
    }
  }

  private Outcome outcome(byte[] json, boolean encrypted) {
    try (var parser = JSON.createParser(json)) {
      if (!keys(parser, encrypted)) {
        return new Outcome.NoKeyFile();
      }
    } catch (IOException malformed) {
      return new Outcome.NoKeyFile();
    }
    return tokens > 0 && opened == 0
        ? new Outcome.WrongSecret()
        : new Outcome.Opened(List.copyOf(entries), List.copyOf(faults));
  }

  /** Whether there was an object {@code keys}. */
  private boolean keys(JsonParser parser, boolean encrypted) throws IOException {
    var found = false;
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return false;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var name = parser.currentName();
      if (parser.nextToken() == JsonToken.START_OBJECT && name.equals("keys")) {
        found = true;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          key(parser.currentName(), parser, encrypted);
        }
      } else {
        parser.skipChildren();
      }
    }
    return found;
  }

  private void key(String provider, JsonParser parser, boolean encrypted) throws IOException {
    if (entries.size() + faults.size() >= MAX_KEYS) {
      throw new IOException("too many keys");
    }
    if (parser.nextToken() == JsonToken.START_OBJECT) {
      Optional<byte[]> value = Optional.empty();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        var name = parser.currentName();
        if (parser.nextToken() == JsonToken.VALUE_STRING && name.equals("key")) {
          value = Optional.of(bytes(parser));
        } else {
          parser.skipChildren();
        }
      }
      add(provider, value, encrypted);
    } else if (parser.currentToken() == JsonToken.VALUE_STRING) {
      add(provider, Optional.of(bytes(parser)), encrypted);
    } else {
      parser.skipChildren();
      add(provider, Optional.empty(), encrypted);
    }
  }

  private void add(String provider, Optional<byte[]> value, boolean encrypted) {
    if (value.isEmpty() || value.get().length == 0) {
      faults.add(new Fault(provider, "has no key in it"));
    } else if (isToken(value.get())) {
      tokens++;
      key.open(value.get())
          .filter(plain -> plain.length > 0)
          .ifPresentOrElse(
              plain -> keep(provider, plain),
              () -> faults.add(new Fault(provider, "does not open with this secret and salt")));
    } else if (encrypted) {
      faults.add(
          new Fault(provider, "is not encrypted; add it as a key that others may have seen"));
      Arrays.fill(value.get(), (byte) 0);
    } else {
      keep(provider, value.get());
    }
  }

  private void keep(String provider, byte[] plain) {
    opened++;
    entries.add(new Entry(provider, Secret.of(plain)));
    Arrays.fill(plain, (byte) 0);
  }

  private static byte[] bytes(JsonParser parser) throws IOException {
    var chars = parser.getTextCharacters();
    var offset = parser.getTextOffset();
    var bytes = new byte[parser.getTextLength()];
    for (int i = 0; i < bytes.length; i++) {
      // Beyond ASCII becomes 0, which no key may hold.
      bytes[i] = chars[offset + i] < 128 ? (byte) chars[offset + i] : 0;
    }
    return bytes;
  }

  private static boolean isToken(byte[] text) {
    return text.length > TOKEN.length
        && Arrays.equals(text, 0, TOKEN.length, TOKEN, 0, TOKEN.length);
  }

  private static byte[] stripped(byte[] text) {
    int from = 0;
    int to = text.length;
    while (from < to && text[from] >= 0 && text[from] <= ' ') {
      from++;
    }
    while (to > from && text[to - 1] >= 0 && text[to - 1] <= ' ') {
      to--;
    }
    return Arrays.copyOfRange(text, from, to);
  }
}
