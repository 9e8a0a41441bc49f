package io.commandcenter.akm.store;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What an audit row may say beyond its columns: named, short, plain values, nothing free. */
public final class AuditDetail {
  public static final AuditDetail NONE = new AuditDetail(new EnumMap<>(Field.class));

  /** The allow-list, in the order in which the values stand. */
  public enum Field {
    PROVIDER,
    LABEL,
    VERSION,
    FINGERPRINT,
    ENV_VAR,
    REQUEST,
    NAME,
    SCOPE,
    PARENT,
    ROTATION,
    SHARE,
    FOR,
    STATE,
    GENERATION,
    SHA256,
    COUNT,
    UNTIL,
    DAYS,
    CHANGED,
    REMOTE,
    REASON,
    SUPPRESSED,
    DIGEST,
    FORMAT,
    SINCE,
    LIMIT_USD,
  }

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");

  private final Map<Field, String> values;

  private AuditDetail(Map<Field, String> values) {
    this.values = values;
  }

  /** With one more value; null leaves it out, and what is not plain stands as a question mark. */
  public AuditDetail with(Field field, Object value) {
    if (value == null) {
      return this;
    }
    var more = new EnumMap<Field, String>(Field.class);
    more.putAll(values);
    var text = value.toString();
    more.put(field, PLAIN.matcher(text).matches() ? text : "?");
    return new AuditDetail(more);
  }

  /** For example {@code provider=anthropic label=main version=2}. */
  public String text() {
    return values.entrySet().stream()
        .map(entry -> entry.getKey().name().toLowerCase(Locale.ROOT) + "=" + entry.getValue())
        .collect(Collectors.joining(" "));
  }

  @Override
  public String toString() {
    return text();
  }
}
