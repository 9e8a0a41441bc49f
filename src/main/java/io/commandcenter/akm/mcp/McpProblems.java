package io.commandcenter.akm.mcp;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.http.Problems;
import io.commandcenter.akm.mcp.tools.ToolAnswer;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failures as MCP says them: a tool's as a result that the model can read, others as errors. */
final class McpProblems {
  private static final Logger log = LoggerFactory.getLogger(McpProblems.class);

  private McpProblems() {}

  /**
   * The problem document is a text, not structured content: clients compare structured content with
   * the tool's output schema, of errors too.
   */
  static CallToolResult result(Throwable cause, String requestId) {
    var failure = failure(cause, requestId);
    return CallToolResult.builder()
        .isError(true)
        .addTextContent(
            "Error (%s): %s. What to do: %s"
                .formatted(failure.code().slug(), failure.detail(), failure.code().remedy()))
        .addTextContent(Problems.document(failure, requestId).encode())
        .build();
  }

  static McpError error(Throwable cause, String requestId) {
    var failure = failure(cause, requestId);
    int code =
        failure.code() == Code.INTERNAL ? ErrorCodes.INTERNAL_ERROR : ErrorCodes.INVALID_REQUEST;
    return McpError.builder(code)
        .message(failure.detail())
        .data(Problems.document(failure, requestId).getMap())
        .build();
  }

  /** As {@link #error}; what is not there has a code of its own. */
  static McpError resource(Throwable cause, String requestId) {
    if (cause instanceof Failure failure && failure.code() == Code.NOT_FOUND) {
      return McpError.builder(ErrorCodes.RESOURCE_NOT_FOUND)
          .message(failure.detail())
          .data(Problems.document(failure, requestId).getMap())
          .build();
    }
    return error(cause, requestId);
  }

  /** For clients that cannot open a page by themselves: the link stands in the text too. */
  static McpError linkRequired(ToolAnswer.Opening page) {
    var elicitation =
        Map.of(
            "mode", "url",
            "message", page.message(),
            "url", page.url(),
            "elicitationId", page.id());
    return McpError.builder(ErrorCodes.URL_ELICITATION_REQUIRED)
        .message(
            ("A person has to open this one-time link in a browser: %s . %s. Never ask for the key in"
                    + " this conversation. Once they are done, call the tool again with entry_id %s.")
                .formatted(page.url(), page.message(), page.id()))
        .data(Map.of("elicitations", List.of(elicitation)))
        .build();
  }

  /** A fault that is no Failure is logged here, once, and becomes INTERNAL. */
  private static Failure failure(Throwable cause, String requestId) {
    if (cause instanceof Failure failure) {
      return failure;
    }
    log.error("a fault while answering request {}", requestId, cause);
    return new Failure(Code.INTERNAL, "a fault of this server; it is in its log under request_id");
  }
}
