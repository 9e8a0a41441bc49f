package io.commandcenter.akm.provider.wire;

import io.commandcenter.akm.core.keys.KeyShape;
import io.commandcenter.akm.core.routing.ErrorClass;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.Set;

/**
 * The provider's own words about a request that it refuses, for whoever sent that request. What it
 * says of keys and bills is the owner's business and is never repeated.
 */
public final class Said {
  private static final int MOST = 500;
  private static final Set<ErrorClass> OF_THE_REQUEST =
      Set.of(
          ErrorClass.BAD_REQUEST,
          ErrorClass.CONTEXT_OVERFLOW,
          ErrorClass.CONTENT,
          ErrorClass.MODEL_GONE);

  private Said() {}

  /** Empty if the error is of another kind, or nothing was said. */
  public static Optional<String> of(ErrorClass errorClass, Buffer body) {
    if (!OF_THE_REQUEST.contains(errorClass)) {
      return Optional.empty();
    }
    // Masked before it is cut: half a key would not look like one.
    var words =
        KeyShape.maskWithin(ErrorAnswer.words(body).replaceAll("[\\p{Cntrl}\\p{Cf}]+", " "));
    return Optional.of(cut(words.strip())).filter(text -> !text.isEmpty());
  }

  private static String cut(String text) {
    if (text.length() <= MOST) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(MOST - 2)) ? MOST - 2 : MOST - 1;
    return text.substring(0, end) + "…";
  }
}
