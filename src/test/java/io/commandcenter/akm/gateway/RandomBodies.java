package io.commandcenter.akm.gateway;

import io.vertx.core.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Random bodies of chat requests, with odd blanks, letters and nesting, members in any order. */
final class RandomBodies {
  private static final List<String> BLANKS = List.of("", "", "", " ", "\n", "\t ", "\r\n  ");
  private static final List<String> TEXTS =
      List.of(
          "", "a", "é", "日本", "🎈", "\"", "\\", "\n", "model", "\"model\":\"x\"", "}{", "\u0000");

  private RandomBodies() {}

  /** With a model; with any of the other members that count. */
  static String of(Random random) {
    var members = new ArrayList<String>();
    members.add(member(random, "model", text(random)));
    if (random.nextBoolean()) {
      var limit = random.nextInt(5) == 0 ? "null" : Integer.toString(random.nextInt(5_000));
      members.add(member(random, "max_tokens", limit));
    }
    if (random.nextBoolean()) {
      members.add(
          member(random, "stream", List.of("true", "false", "null").get(random.nextInt(3))));
    }
    if (random.nextBoolean()) {
      var options = List.of("null", "{}", "{\"include_usage\":true}", "{\"include_usage\":false}");
      members.add(member(random, "stream_options", options.get(random.nextInt(4))));
    }
    for (int i = random.nextInt(6); i > 0; i--) {
      members.add(member(random, "m" + i + TEXTS.get(random.nextInt(5)), value(random, 5)));
    }
    Collections.shuffle(members, random);
    return blank(random) + "{" + blank(random) + String.join(",", members) + "}" + blank(random);
  }

  private static String member(Random random, String name, String value) {
    return blank(random)
        + Json.encode(name)
        + blank(random)
        + ":"
        + blank(random)
        + value
        + blank(random);
  }

  private static String value(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 5 : 7)) {
      case 0 -> text(random);
      case 1 -> Integer.toString(random.nextInt());
      case 2 -> random.nextInt(100) + ".5e" + random.nextInt(9);
      case 3 -> "null";
      case 4 -> Boolean.toString(random.nextBoolean());
      case 5 -> "[" + blank(random) + value(random, depth - 1) + "," + value(random, 0) + "]";
      default ->
          "{"
              + member(random, "model", value(random, depth - 1))
              + ","
              + member(random, "max_tokens", value(random, depth - 1))
              + "}";
    };
  }

  private static String text(Random random) {
    var text = new StringBuilder("t");
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(TEXTS.get(random.nextInt(TEXTS.size())));
    }
    return Json.encode(text.toString());
  }

  private static String blank(Random random) {
    return BLANKS.get(random.nextInt(BLANKS.size()));
  }
}
