package io.commandcenter.akm.http;

import io.commandcenter.akm.contract.Failure;
import java.nio.charset.StandardCharsets;

/** One field of an urlencoded form, decoded from bytes to bytes so that it never is a String. */
final class FormField {
  private FormField() {}

  /** Where the field's value begins; BAD_REQUEST unless the field is there exactly once. */
  static int start(byte[] form, String field) {
    int found = find(form, field);
    if (found < 0) {
      throw Failure.badRequest("`" + field + "` is required");
    }
    return found;
  }

  /** The same; -1 if the field is not there. */
  static int find(byte[] form, String field) {
    var name = (field + "=").getBytes(StandardCharsets.US_ASCII);
    int found = -1;
    for (int at = 0; at < form.length; at = next(form, at)) {
      if (startsWith(form, at, name)) {
        if (found >= 0) {
          throw Failure.badRequest("`" + field + "` is given twice; send it once");
        }
        found = at + name.length;
      }
    }
    return found;
  }

  /** Decodes from {@code start} to the next {@code &} into {@code value}; its length. */
  static int decode(byte[] form, int start, byte[] value) {
    int length = 0;
    for (int i = start; i < form.length && form[i] != '&'; i++) {
      switch (form[i]) {
        case '+' -> value[length++] = ' ';
        case '%' -> {
          value[length++] = (byte) (hex(form, i + 1) << 4 | hex(form, i + 2));
          i += 2;
        }
        default -> value[length++] = form[i];
      }
    }
    return length;
  }

  private static int hex(byte[] form, int at) {
    int digit = at < form.length ? Character.digit(form[at], 16) : -1;
    if (digit < 0) {
      throw Failure.badRequest("the form is not URL-encoded");
    }
    return digit;
  }

  private static int next(byte[] form, int at) {
    int i = at;
    while (i < form.length && form[i] != '&') {
      i++;
    }
    return i + 1;
  }

  private static boolean startsWith(byte[] form, int at, byte[] name) {
    if (at + name.length > form.length) {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      if (form[at + i] != name[i]) {
        return false;
      }
    }
    return true;
  }
}
