package io.commandcenter.akm.mcp.transport;

import static io.modelcontextprotocol.spec.McpSchema.ErrorCodes.INTERNAL_ERROR;
import static io.modelcontextprotocol.spec.McpSchema.ErrorCodes.INVALID_PARAMS;

import io.modelcontextprotocol.spec.McpError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The errors of JSON-RPC and MCP that this transport makes itself. */
public final class Errors {
  private static final Logger log = LoggerFactory.getLogger(Errors.class);

  /** A code of our own, from the range that JSON-RPC leaves to servers. */
  public static final int LIMIT_REACHED = -32000;

  /** A header and the body say different things (2026-07-28). */
  public static final int HEADER_MISMATCH = -32020;

  /** The request needs something that the client has not declared (2026-07-28). */
  public static final int MISSING_CAPABILITY = -32021;

  /** The protocol version is none of this server's (2026-07-28). */
  public static final int UNSUPPORTED_VERSION = -32022;

  /** What is said of a secret in a message, after the name of the place where it stood. */
  public static final String BURNED =
      " holds what looks like a key; revoke it at its provider, it is burned";

  private Errors() {}

  public static McpError invalidParameters(String message) {
    return McpError.builder(INVALID_PARAMS).message(message).build();
  }

  /** As it may go to a client; a fault that is no error of MCP is logged here, once. */
  public static McpError of(Throwable cause) {
    if (cause instanceof McpError error) {
      return error;
    }
    log.error("a fault while answering a request", cause);
    return McpError.builder(INTERNAL_ERROR).message("A fault of this server; see its log").build();
  }
}
