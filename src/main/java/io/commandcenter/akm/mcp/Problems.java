package io.commandcenter.akm.mcp;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.vertx.core.json.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failures as MCP says them: a tool's as a result that the model can read, others as errors. */
final class Problems {
  private static final Logger log = LoggerFactory.getLogger(Problems.class);

  private Problems() {}

  /** A fault that is no Failure is logged here, once, and becomes INTERNAL. */
  static Failure failure(Throwable cause, String where) {
    if (cause instanceof Failure failure) {
      return failure;
    }
    log.error("a fault in {}", where, cause);
    return new Failure(Code.INTERNAL, "a fault of this server; it is in its log");
  }

  /**
   * The problem document is a text, not structured content: clients compare structured content with
   * the tool's output schema, of errors too.
   */
  static CallToolResult result(Failure failure) {
    return CallToolResult.builder()
        .isError(true)
        .addTextContent(
            "Error (%s): %s. What to do: %s"
                .formatted(failure.code().slug(), failure.detail(), failure.code().remedy()))
        .addTextContent(document(failure).encode())
        .build();
  }

  static McpError error(Failure failure) {
    int code =
        failure.code() == Code.INTERNAL ? ErrorCodes.INTERNAL_ERROR : ErrorCodes.INVALID_REQUEST;
    return McpError.builder(code)
        .message(failure.detail())
        .data(document(failure).getMap())
        .build();
  }

  private static JsonObject document(Failure failure) {
    return new JsonObject()
        .put("code", failure.code().slug())
        .put("status", failure.code().httpStatus())
        .put("title", failure.code().meaning())
        .put("detail", failure.detail())
        .mergeIn(new JsonObject(failure.context()));
  }
}
