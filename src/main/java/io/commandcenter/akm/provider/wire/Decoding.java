package io.commandcenter.akm.provider.wire;

import io.commandcenter.akm.provider.FailedReplies;
import io.commandcenter.akm.provider.ProviderReply;
import io.commandcenter.akm.provider.ProviderReply.Answered;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What every protocol's decode has in common. */
public final class Decoding {
  private Decoding() {}

  /**
   * @param reader empty if the body is not an answer of this protocol
   */
  public static ProviderReply reply(
      int status,
      MultiMap headers,
      Buffer body,
      Instant now,
      Function<Fields, Optional<Answered>> reader) {
    if (status / 100 != 2) {
      return FailedReplies.of(status, headers, body, now);
    }
    return reader
        .apply(Fields.parse(body))
        .<ProviderReply>map(answered -> answered)
        .orElseGet(() -> FailedReplies.badAnswer(status));
  }

  /** The vectors, or empty if one is no vector or their number is not that of the inputs. */
  public static Optional<List<List<Double>>> vectors(Stream<Object> values, int expected) {
    var vectors = new ArrayList<List<Double>>();
    for (var value : values.toList()) {
      var vector = vector(value);
      if (vector.isEmpty()) {
        return Optional.empty();
      }
      vectors.add(vector);
    }
    return vectors.size() == expected ? Optional.of(List.copyOf(vectors)) : Optional.empty();
  }

  private static List<Double> vector(Object value) {
    if (!(value instanceof Iterable<?> numbers)) {
      return List.of();
    }
    var vector = new ArrayList<Double>();
    for (var number : numbers) {
      if (!(number instanceof Number real) || !Double.isFinite(real.doubleValue())) {
        return List.of();
      }
      vector.add(real.doubleValue());
    }
    return vector;
  }
}
