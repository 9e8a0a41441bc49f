package io.commandcenter.akm.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.commandcenter.akm.mcp.tools.Schema;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** The tool that every compared server offers, with the same schema and the same answer. */
final class McpEcho {
  static final String NAME = "echo";

  static final Schema INPUT =
      Schema.object("What to say again")
          .required("text", Schema.string("Any text").atMost(200))
          .optional("times", Schema.integer("How often it is meant").between(1, 100))
          .named("urn:akm:bench:echo:input");

  private McpEcho() {}

  static McpSchema.Tool tool() {
    return McpSchema.Tool.builder(NAME, INPUT.json())
        .title("Echo")
        .description("Says again what it is told.")
        .build();
  }

  /** Fields of several kinds, and the same for readers without them: what most tools answer. */
  static CallToolResult answer(Map<String, Object> arguments) {
    var text = (String) arguments.get("text");
    return CallToolResult.builder()
        .structuredContent(
            Map.of("text", text, "characters", text.length(), "costs_usd", 0.25, "known", true))
        .addTextContent(text.length() + " characters were said")
        .isError(false)
        .build();
  }

  /** Else both write at DEBUG what they do. */
  static void beQuiet() {
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
  }
}
