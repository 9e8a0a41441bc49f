package io.commandcenter.akm.http;

import io.commandcenter.akm.contract.Failure;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A field of an {@code application/x-www-form-urlencoded} body that is no secret. */
public final class FormText {
  private FormText() {}

  /** Empty if it is absent; BAD_REQUEST if it is given twice or has more than {@code max} bytes. */
  public static Optional<String> of(Buffer form, String field, int max) {
    var bytes = form.getBytes();
    var start = FormField.find(bytes, field);
    if (start < 0) {
      return Optional.empty();
    }
    var value = new byte[bytes.length];
    var length = FormField.decode(bytes, start, value);
    if (length > max) {
      throw Failure.badRequest("`" + field + "` has more than " + max + " characters");
    }
    return Optional.of(new String(value, 0, length, StandardCharsets.UTF_8));
  }
}
