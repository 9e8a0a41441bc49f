package io.commandcenter.akm.gateway.anthropic;

import io.commandcenter.akm.core.chat.OutputFormat;
import io.commandcenter.akm.core.chat.Reasoning;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.commandcenter.akm.gateway.dialect.PlainJson;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code thinking} and {@code output_config}. */
final class Thinking {
  private static final List<String> EFFORTS = List.of("low", "medium", "high", "xhigh", "max");
  private static final List<String> DISPLAYS = List.of("summarized", "omitted");

  private Thinking() {}

  /** Null if nothing is said. */
  static Reasoning reasoning(Fields body) {
    var config = body.object("output_config");
    var effort = config == null ? null : config.word("effort", EFFORTS);
    var thinking = body.object("thinking");
    if (thinking == null) {
      return effort == null ? null : new Reasoning(effort, null, null);
    }
    thinking.checkOnly(Set.of("type", "budget_tokens", "display"), Map.of());
    var display = thinking.word("display", DISPLAYS);
    var shown = display == null ? null : display.equals("summarized");
    return switch (thinking.requiredText("type")) {
      case "disabled" -> new Reasoning("none", null, null);
      case "adaptive" -> new Reasoning(effort, null, shown);
      case "enabled" ->
          new Reasoning(effort, thinking.count("budget_tokens"), shown == null || shown);
      default -> throw thinking.refusal("type", "must be adaptive, enabled or disabled");
    };
  }

  /** Null for plain text. */
  static OutputFormat format(Fields body) {
    var config = body.object("output_config");
    if (config != null) {
      config.checkOnly(Set.of("effort", "format"), Map.of());
    }
    var format = config == null ? null : config.object("format");
    if (format == null) {
      return null;
    }
    format.checkOnly(Set.of("type", "schema"), Map.of());
    if (!"json_schema".equals(format.requiredText("type"))) {
      throw format.refusal("type", "must be json_schema");
    }
    return new OutputFormat(PlainJson.of(format.requiredObject("schema").json()), null, null);
  }

  /** Whether the caller asked to see thinking; who did not may not know its blocks. */
  static boolean isShown(JsonObject asked) {
    return asked.getValue("thinking") instanceof JsonObject thinking
        && !"disabled".equals(thinking.getValue("type"))
        && !"omitted".equals(thinking.getValue("display"));
  }
}
