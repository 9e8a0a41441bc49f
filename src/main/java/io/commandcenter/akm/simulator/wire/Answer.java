package io.commandcenter.akm.simulator.wire;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.DoubleStream;

/**
 * What a simulated provider says: the same for the same request.
 *
 * @param thinking empty for none
 * @param text empty for embeddings, calls and refusals
 * @param calls of tools; empty for none
 * @param refused whether the model declines instead
 * @param stopText the stop text that ended the answer; null for none
 * @param vectors empty for a chat
 * @param isCut true if the output limit ended the text
 */
public record Answer(
    String thinking,
    String text,
    List<Call> calls,
    boolean refused,
    String stopText,
    List<List<Double>> vectors,
    boolean isCut,
    long inputTokens,
    long outputTokens) {
  /** How the model declines, where the format has words for it. */
  public static final String REFUSAL = "I'm sorry, I can't help with that.";

  private static final int TEXT = 200;
  private static final int CHARS_PER_TOKEN = 4;
  private static final int DIMENSIONS = 8;

  /** A call of a tool. */
  public record Call(String id, String name, JsonObject arguments) {}

  /** Four characters a token. */
  public static Answer to(String provider, Ask ask) {
    long input = ask.texts().mapToLong(Answer::tokens).sum();
    if (ask instanceof Ask.Embed embed) {
      int dimensions = embed.dimensions().orElse(DIMENSIONS);
      var vectors = embed.inputs().stream().map(text -> vector(text, dimensions)).toList();
      return new Answer("", "", List.of(), false, null, vectors, false, input, 0);
    }
    return ask instanceof Ask.Chat chat
        ? chat(provider, chat, input)
        : new Answer("", "", List.of(), false, null, List.of(), false, input, 0);
  }

  private static Answer chat(String provider, Ask.Chat chat, long input) {
    var thinking = chat.thinking() ? "The user says: " + start(chat.lastUser(), 60) : "";
    if (chat.lastUser().contains("please refuse")) {
      return new Answer("", "", List.of(), true, null, List.of(), false, input, tokens(REFUSAL));
    }
    var calls = Calling.calls(chat);
    if (!calls.isEmpty()) {
      long output = calls.stream().mapToLong(call -> tokens(call.arguments().encode())).sum();
      return new Answer(
          thinking, "", calls, false, null, List.of(), false, input, output + tokens(thinking));
    }
    return text(thinking, said(provider, chat), chat, input);
  }

  private static Answer text(String thinking, String whole, Ask.Chat chat, long input) {
    var stop = chat.stop().stream().filter(whole::contains).findFirst();
    var wanted = stop.map(text -> start(whole, whole.indexOf(text))).orElse(whole);
    long most = chat.schema() == null ? TEXT : Integer.MAX_VALUE;
    long room = Math.min(most, (long) chat.maxOutputTokens().orElse(TEXT) * CHARS_PER_TOKEN);
    var text = start(wanted, room);
    boolean isCut = text.length() < wanted.length() && room < TEXT;
    return new Answer(
        thinking,
        text,
        List.of(),
        false,
        isCut ? null : stop.orElse(null),
        List.of(),
        isCut,
        input,
        tokens(text) + tokens(thinking));
  }

  private static String said(String provider, Ask.Chat chat) {
    if (chat.schema() != null) {
      return Calling.example(chat.schema(), Calling.lastWord(chat.lastUser())).toString();
    }
    var seen = chat.seen().isEmpty() ? "" : chat.seen() + ". ";
    var said =
        chat.results().isEmpty()
            ? "You said: " + chat.lastUser().strip()
            : "The tool says: " + String.join("; ", chat.results());
    return "[" + provider + "/" + chat.model() + "] " + seen + said;
  }

  public Answer withUsage(long input, long output) {
    return new Answer(thinking, text, calls, refused, stopText, vectors, isCut, input, output);
  }

  /**
   * The same, made longer so that a stream of it has this many pieces, each marked with its number
   * and the last word of what the user said.
   */
  public Answer lengthened(Ask.Chat chat, int pieces) {
    var word = Calling.lastWord(chat.lastUser());
    var longer = new StringBuilder(text);
    for (int i = 1; i < pieces; i++) {
      longer.append(' ').append(word).append('-').append(i);
    }
    return new Answer(
        thinking,
        longer.toString(),
        calls,
        refused,
        stopText,
        vectors,
        isCut,
        inputTokens,
        tokens(longer.toString()));
  }

  private static String start(String text, long length) {
    return text.substring(0, (int) Math.min(text.length(), length));
  }

  private static long tokens(String text) {
    return (text.length() + CHARS_PER_TOKEN - 1) / CHARS_PER_TOKEN;
  }

  /** Seeded by the text: equal texts are equally near to everything. */
  private static List<Double> vector(String text, int dimensions) {
    long seed = 1;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      seed = 31 * seed + b;
    }
    var random = new Random(seed);
    return DoubleStream.generate(() -> Math.round(random.nextGaussian() * 1e4) / 1e4)
        .limit(dimensions)
        .boxed()
        .toList();
  }

  /** The text in the pieces of a stream: as many as it was lengthened to, or short ones. */
  public List<String> pieces(Optional<Integer> count) {
    return Pieces.of(text, count);
  }
}
