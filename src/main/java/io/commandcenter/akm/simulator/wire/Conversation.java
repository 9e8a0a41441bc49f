package io.commandcenter.akm.simulator.wire;

import io.commandcenter.akm.simulator.wire.Dialect.Malformed;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Gathers a chat while a wire format reads its request. */
public final class Conversation {
  private final String model;
  private final List<String> all = new ArrayList<>();
  private final List<String> results = new ArrayList<>();
  private final Set<String> calls = new HashSet<>();
  private final Map<String, Integer> seen = new LinkedHashMap<>();
  private String lastUser = "";
  private Optional<Integer> maxOutput = Optional.empty();
  private List<String> stop = List.of();
  private Ask.Tools tools = Ask.Tools.NONE;
  private JsonObject schema;
  private boolean thinking;
  private boolean stream;
  private boolean includeUsage;
  private String form = "";

  public Conversation(String model) {
    this.model = model;
  }

  /** A text that is only counted: the system's. */
  public Conversation system(String text) {
    all.add(text);
    return this;
  }

  /** A user's whole text of one message. */
  public Conversation user(String text) {
    all.add(text);
    lastUser = text;
    return this;
  }

  /** The model's own earlier text; what tools gave before it is done with. */
  public Conversation assistant(String text) {
    all.add(text);
    results.clear();
    return this;
  }

  /** The model's own earlier call of a tool. */
  public Conversation called(String id) {
    calls.add(id);
    results.clear();
    return this;
  }

  /**
   * What a tool gave.
   *
   * @throws Malformed if no such call was made
   */
  public Conversation result(String id, String text) {
    if (!calls.contains(id)) {
      throw new Malformed("a result of a tool answers no call before it");
    }
    all.add(text);
    results.add(text);
    return this;
  }

  /** An image, a document or a recording. */
  public Conversation saw(String what) {
    seen.merge(what, 1, Integer::sum);
    return this;
  }

  public Conversation limit(Optional<Integer> tokens, List<String> stopTexts) {
    maxOutput = tokens;
    stop = stopTexts;
    return this;
  }

  public Conversation tools(Ask.Tools offered) {
    tools = offered;
    return this;
  }

  /** The answer is to be JSON; null for a text. */
  public Conversation json(JsonObject ofSchema) {
    schema = ofSchema;
    return this;
  }

  public Conversation thinks(boolean thinks) {
    thinking = thinks;
    return this;
  }

  public Conversation streams(boolean streams, boolean withUsage) {
    stream = streams;
    includeUsage = withUsage;
    return this;
  }

  public Conversation form(String named) {
    form = named;
    return this;
  }

  /** What was gathered. */
  public Ask.Chat ask() {
    return new Ask.Chat(
        model,
        List.copyOf(all),
        lastUser,
        List.copyOf(results),
        seenInWords(),
        maxOutput,
        stop,
        tools,
        schema,
        thinking,
        stream,
        includeUsage,
        form);
  }

  private String seenInWords() {
    return seen.isEmpty()
        ? ""
        : seen.entrySet().stream()
            .map(one -> one.getValue() + " " + one.getKey() + (one.getValue() > 1 ? "s" : ""))
            .collect(Collectors.joining(" and ", "saw ", ""));
  }
}
