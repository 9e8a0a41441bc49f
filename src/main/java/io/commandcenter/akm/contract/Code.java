package io.commandcenter.akm.contract;

import java.util.Arrays;
import java.util.Optional;

/**
 * Every way in which a call can fail, the same on the bus, over HTTP and over MCP.
 *
 * <p>The bus number is the failure code of a reply; the HTTP status stands in problem+json (RFC
 * 9457); over MCP each code is a tool result with {@code isError}, whose structured content is the
 * same problem document.
 */
public enum Code {
  BAD_REQUEST(
      4000,
      400,
      "The request is malformed or a value is out of bounds.",
      "Correct the named field."),
  UNAUTHENTICATED(
      4010,
      401,
      "The bearer token is missing, wrong, expired or revoked.",
      "Send a valid akm token."),
  BUDGET_EXCEEDED(
      4020,
      402,
      "A hard budget has no room for this request.",
      "Raise the budget or wait for its next period."),
  FORBIDDEN(
      4030,
      403,
      "The token's scope or limits, the Host or the Origin do not allow this.",
      "Use a token with the named scope, or what the token may use."),
  NOT_FOUND(
      4040,
      404,
      "No such route, key, token, resource or tool.",
      "List what exists, then name one of it."),
  UNKNOWN_PROVIDER(
      4041, 404, "No provider of this name is configured.", "Use one of the named providers."),
  UNKNOWN_MODEL(
      4042,
      404,
      "No enabled provider offers this model.",
      "Use a listed model or add it to routing.json."),
  UNKNOWN_TASK(
      4043, 404, "No such task in the routing configuration.", "Use one of the named tasks."),
  METHOD_NOT_ALLOWED(
      4050, 405, "The path exists, but not for this method.", "Use one of the methods in Allow."),
  CONFLICT(
      4090,
      409,
      "The thing exists already or is in another state.",
      "Read its state, then decide."),
  GONE(4100, 410, "A one-time link was used or has expired.", "Ask for a new link."),
  TOO_LARGE(4130, 413, "The body or a field is larger than its limit.", "Send less."),
  UNSUPPORTED_MEDIA_TYPE(
      4150, 415, "The content type is not accepted here.", "Send application/json."),
  KEY_IN_ARGUMENT(
      4220,
      422,
      "A provider key was sent where a key must never be.",
      "Treat that key as burned: revoke it at the provider."),
  RATE_LIMITED(
      4290,
      429,
      "A limit of this server, of the token or of every usable provider is reached.",
      "Wait for retry_after_ms."),
  CANCELLED(
      4990,
      499,
      "The caller gave the request up before its end.",
      "Send it again if the answer is still wanted; the attempts say what was charged."),
  INTERNAL(
      5000,
      500,
      "A fault of this server; it is in the log under the request id.",
      "Report it with the request id."),
  PROVIDER_FAILED(
      5020,
      502,
      "Every attempt failed at the providers.",
      "Read the attempts; try later or another task."),
  UNAVAILABLE(
      5030,
      503,
      "A part of this server is starting, stopping or overloaded.",
      "Try again shortly."),
  SEALED(
      5031,
      503,
      "The vault is sealed: the master key is missing or wrong.",
      "Start with the right master key."),
  NO_CANDIDATE(
      5032,
      503,
      "No provider may take this request now.",
      "Read the decision: each candidate has its reason."),
  DEADLINE_EXCEEDED(
      5040, 504, "The deadline of the request passed.", "Allow more time with deadline_ms.");

  private final int busNumber;
  private final int httpStatus;
  private final String meaning;
  private final String remedy;

  Code(int busNumber, int httpStatus, String meaning, String remedy) {
    this.busNumber = busNumber;
    this.httpStatus = httpStatus;
    this.meaning = meaning;
    this.remedy = remedy;
  }

  public int busNumber() {
    return busNumber;
  }

  public int httpStatus() {
    return httpStatus;
  }

  public String meaning() {
    return meaning;
  }

  public String remedy() {
    return remedy;
  }

  /** The code in lower case with hyphens, as it stands in a problem's type and over MCP. */
  public String slug() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  public static Optional<Code> ofBusNumber(int number) {
    return Arrays.stream(values()).filter(code -> code.busNumber == number).findFirst();
  }
}
