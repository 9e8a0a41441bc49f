package io.commandcenter.akm.contract;

import java.util.List;
import java.util.regex.Pattern;

/** Bounds of values that come from outside; each refusal names the field, never the value. */
public final class Checks {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");
  private static final Pattern TAG = Pattern.compile("[a-z0-9_.:-]{1,32}");
  private static final Pattern PRINTABLE = Pattern.compile("[^\\p{Cntrl}\\p{Zl}\\p{Zp}]*");
  private static final Pattern ENVIRONMENT = Pattern.compile("[A-Z][A-Z0-9_]{1,63}");

  private Checks() {}

  /** A required name: letters, digits, {@code _ . -}, at most 64 characters. */
  public static String name(String value, String field) {
    if (value == null) {
      throw Failure.badRequest("`" + field + "` is required");
    }
    if (!NAME.matcher(value).matches()) {
      throw Failure.badRequest(
          "`" + field + "` must be 1 to 64 letters, digits, dots, hyphens or underscores");
    }
    return value;
  }

  /** A required text of at most {@code max} characters. */
  public static String text(String value, String field, int max) {
    if (value == null || value.isBlank()) {
      throw Failure.badRequest("`" + field + "` is required and must not be blank");
    }
    return optionalText(value, field, max);
  }

  /** A text of at most {@code max} characters, or null. */
  public static String optionalText(String value, String field, int max) {
    if (value != null && value.length() > max) {
      throw new Failure(Code.TOO_LARGE, "`" + field + "` has more than " + max + " characters");
    }
    return value;
  }

  /**
   * The name of an environment variable that may hold a provider key: never one of this server's
   * own.
   */
  public static String environmentName(String value, String field) {
    if (value == null || !ENVIRONMENT.matcher(value).matches() || value.startsWith("AKM_")) {
      throw Failure.badRequest(
          "`"
              + field
              + "` must name an environment variable (capitals, digits, underscores; not AKM_…)");
    }
    return value;
  }

  /** A text that may be printed in one line, of at most {@code max} characters, or null. */
  public static String printable(String value, String field, int max) {
    if (value != null && (value.isBlank() || !PRINTABLE.matcher(value).matches())) {
      throw Failure.badRequest("`" + field + "` must be printable text without line breaks");
    }
    return optionalText(value, field, max);
  }

  /** At most 16 different tags of 1 to 32 characters {@code a-z 0-9 _ . : -}; empty for null. */
  public static List<String> tags(List<String> value, String field) {
    var tags = list(value, field, 16);
    if (!tags.stream().allMatch(tag -> TAG.matcher(tag).matches())) {
      throw Failure.badRequest(
          "each of `"
              + field
              + "` must be 1 to 32 lower-case letters, digits, dots, colons, hyphens or"
              + " underscores");
    }
    return tags.stream().distinct().toList();
  }

  public static long range(long value, String field, long min, long max) {
    if (value < min || value > max) {
      throw Failure.badRequest("`" + field + "` must be between " + min + " and " + max);
    }
    return value;
  }

  /** A copy of the list, empty for null, of at most {@code max} elements. */
  public static <T> List<T> list(List<T> value, String field, int max) {
    if (value == null) {
      return List.of();
    }
    if (value.size() > max) {
      throw new Failure(Code.TOO_LARGE, "`" + field + "` has more than " + max + " elements");
    }
    if (value.stream().anyMatch(java.util.Objects::isNull)) {
      throw Failure.badRequest("`" + field + "` must not contain null");
    }
    return List.copyOf(value);
  }
}
