package io.commandcenter.akm.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code --since} and {@code --until}, each a time or a day of UTC. */
final class TimeSpan {
  @Option(
      names = "--since",
      paramLabel = "TIME|DAY",
      converter = Begin.class,
      description = "From then on, like 2026-11-22T10:00:00Z or 2026-11-22.")
  private Instant since;

  @Option(
      names = "--until",
      paramLabel = "TIME|DAY",
      converter = End.class,
      description = "Before this time, or up to and with this day.")
  private Instant until;

  /** Null for no bound. */
  Instant since() {
    return since;
  }

  /** Null for no bound; itself not part of the span. */
  Instant until() {
    return until;
  }

  /** A day begins with its first moment. */
  static final class Begin implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
      return parse(text, 0);
    }
  }

  /** A day ends with the first moment of the next. */
  static final class End implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
      return parse(text, 1);
    }
  }

  private static Instant parse(String text, int days) {
    try {
      return text.length() == 10
          ? LocalDate.parse(text).plusDays(days).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(text);
    } catch (DateTimeException e) {
      throw new TypeConversionException(
          "it must be like 2026-11-22T10:00:00Z or 2026-11-22, not " + text);
    }
  }
}
