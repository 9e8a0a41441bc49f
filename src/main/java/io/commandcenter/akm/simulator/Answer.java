package io.commandcenter.akm.simulator;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;

/**
 * What a simulated provider says: the same for the same request.
 *
 * @param text empty for embeddings
 * @param vectors empty for a chat
 * @param isCut true if the output limit ended the text
 */
record Answer(
    String text, List<List<Double>> vectors, boolean isCut, long inputTokens, long outputTokens) {
  private static final int TEXT = 200;
  private static final int CHARS_PER_TOKEN = 4;
  private static final int DIMENSIONS = 8;

  /** Four characters a token. */
  static Answer to(String provider, Ask ask) {
    long input = ask.texts().mapToLong(Answer::tokens).sum();
    if (ask instanceof Ask.Embed embed) {
      var vectors = embed.inputs().stream().map(Answer::vector).toList();
      return new Answer("", vectors, false, input, 0);
    }
    var chat = (Ask.Chat) ask;
    var whole = "[" + provider + "/" + chat.model() + "] You said: " + chat.lastUser().strip();
    long room = Math.min(TEXT, (long) chat.maxOutputTokens().orElse(TEXT) * CHARS_PER_TOKEN);
    var text = whole.substring(0, (int) Math.min(whole.length(), room));
    boolean isCut = text.length() < whole.length() && room < TEXT;
    return new Answer(text, List.of(), isCut, input, tokens(text));
  }

  Answer withUsage(long input, long output) {
    return new Answer(text, vectors, isCut, input, output);
  }

  private static long tokens(String text) {
    return (text.length() + CHARS_PER_TOKEN - 1) / CHARS_PER_TOKEN;
  }

  /** Seeded by the text: equal texts are equally near to everything. */
  private static List<Double> vector(String text) {
    long seed = 1;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      seed = 31 * seed + b;
    }
    var random = new Random(seed);
    return DoubleStream.generate(() -> Math.round(random.nextGaussian() * 1e4) / 1e4)
        .limit(DIMENSIONS)
        .boxed()
        .toList();
  }
}
