package io.commandcenter.akm.cli;

import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A span of time as people write it: {@code 90s}, {@code 5m}, {@code 2h}. */
final class SpanConverter implements ITypeConverter<Duration> {
  private static final Pattern SPAN = Pattern.compile("(\\d{1,6})([smh])");

  @Override
  public Duration convert(String text) {
    var span = SPAN.matcher(text);
    if (!span.matches()) {
      throw new TypeConversionException("write a span of time like 90s, 5m or 2h");
    }
    var number = Long.parseLong(span.group(1));
    return switch (span.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }
}
