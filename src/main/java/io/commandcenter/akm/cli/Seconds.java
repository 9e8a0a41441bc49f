package io.commandcenter.akm.cli;

import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A length of time as a person writes it: 90s, 15m, 8h, 30d; a bare number is seconds. */
final class Seconds implements ITypeConverter<Long> {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})([smhd]?)");
  private static final Map<String, Long> UNITS =
      Map.of("", 1L, "s", 1L, "m", 60L, "h", 3600L, "d", 86400L);

  @Override
  public Long convert(String text) {
    var written = FORM.matcher(text);
    if (!written.matches()) {
      throw new TypeConversionException("write a length of time as 90s, 15m, 8h or 30d");
    }
    return Long.parseLong(written.group(1)) * UNITS.get(written.group(2));
  }
}
