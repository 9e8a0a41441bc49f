package io.commandcenter.akm.provider.openai;

import io.commandcenter.akm.provider.ProviderReply.Answered;
import io.commandcenter.akm.provider.ProviderRequest;
import io.commandcenter.akm.provider.TokenEstimate;
import io.commandcenter.akm.provider.wire.Decoding;
import io.commandcenter.akm.provider.wire.Fields;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads the answers of the embeddings call. */
final class OpenAiVectors {
  private OpenAiVectors() {}

  static Optional<Answered> read(ProviderRequest.Embed request, int status, Fields answer) {
    var inOrder =
        answer.list("data").stream()
            .sorted(Comparator.comparingInt(item -> item.integer("index")))
            .map(OpenAiVectors::vector);
    return Decoding.vectors(inOrder, request.input().size())
        .map(
            vectors ->
                new Answered(
                    status,
                    null,
                    vectors,
                    OpenAiUsage.of(answer, false).orElseGet(() -> TokenEstimate.of(request, null)),
                    answer.text("model")));
  }

  /** Numbers, or the little-endian floats that some servers send whatever was asked for. */
  private static Object vector(Fields item) {
    var base64 = item.text("embedding");
    if (base64 == null) {
      return item.values("embedding").toList();
    }
    try {
      var floats =
          ByteBuffer.wrap(Base64.getDecoder().decode(base64))
              .order(ByteOrder.LITTLE_ENDIAN)
              .asFloatBuffer();
      var vector = new ArrayList<Double>(floats.remaining());
      while (floats.hasRemaining()) {
        vector.add((double) floats.get());
      }
      return vector;
    } catch (IllegalArgumentException e) {
      return List.of();
    }
  }
}
