package io.commandcenter.akm.testkit;

import io.commandcenter.akm.contract.Code;

/** Writes docs/errors.md from the codes. */
public final class ErrorsDocument {
  private ErrorsDocument() {}

  public static String render() {
    var out = new StringBuilder();
    out.append(
        """
        # Errors

        One list for every surface. Written from the code by `ErrorsDocumentTest`, which fails when this file and the code
        differ (`mvn test -Dtest=ErrorsDocumentTest -Dakm.docs=write` writes it anew).

        - **REST** answers `application/problem+json` (RFC 9457): `type` (`urn:akm:error:<slug>`), `title`, `status`, `detail`,
          `code` (the slug), `request_id`, and what helps: `retry_after_ms`, `decision`, `attempts`. A `Retry-After` header goes with it.
        - **MCP** answers a tool result with `isError: true` whose text is the same problem; faults of the protocol itself are
          JSON-RPC errors (−32700 not JSON, −32600 not a request, −32601 unknown method, −32602 invalid parameters or an
          unknown tool, −32002 unknown resource).
        - **The gateway** answers in the caller's dialect with the same status.
        - **The bus** fails the reply with the bus number; its message is `{"detail": "…", "context": {…}}`.

        | code | slug | bus | HTTP | meaning | what to do |
        |---|---|---:|---:|---|---|
        """);
    for (var code : Code.values()) {
      out.append(
          "| %s | `%s` | %d | %d | %s | %s |%n"
              .formatted(
                  code,
                  code.slug(),
                  code.busNumber(),
                  code.httpStatus(),
                  code.meaning(),
                  code.remedy()));
    }
    return out.toString();
  }
}
