package io.commandcenter.akm.simulator.wire;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A request as every wire format has it. */
public sealed interface Ask {
  String model();

  /** All texts that are paid for as input. */
  Stream<String> texts();

  /** A tool of the request; its schema may be empty. */
  record Tool(String name, JsonObject schema) {}

  /**
   * Which tools may be called.
   *
   * @param forced the one tool that must be; null for none in particular
   */
  record Tools(
      List<Tool> offered, boolean mayCall, boolean mustCall, String forced, boolean parallel) {
    public static final Tools NONE = new Tools(List.of(), false, false, null, false);
  }

  /**
   * A conversation.
   *
   * @param all texts of every message, the system's included
   * @param lastUser what is echoed
   * @param results of tools, after the last answer
   * @param seen what is said about images and files; empty for none
   * @param schema of a JSON answer; empty for any object; null for a text
   * @param includeUsage whether a stream is to show it, where that is asked for
   * @param form which of the format's several answers is wanted
   */
  record Chat(
      String model,
      List<String> all,
      String lastUser,
      List<String> results,
      String seen,
      Optional<Integer> maxOutputTokens,
      List<String> stop,
      Tools tools,
      JsonObject schema,
      boolean thinking,
      boolean stream,
      boolean includeUsage,
      String form)
      implements Ask {
    @Override
    public Stream<String> texts() {
      return all.stream();
    }
  }

  /** Texts to embed; {@code form} as in a chat. */
  record Embed(String model, List<String> inputs, Optional<Integer> dimensions, String form)
      implements Ask {
    @Override
    public Stream<String> texts() {
      return inputs.stream();
    }
  }

  /** Only its input's tokens are asked for. */
  record Count(String model, List<String> all) implements Ask {
    @Override
    public Stream<String> texts() {
      return all.stream();
    }
  }
}
