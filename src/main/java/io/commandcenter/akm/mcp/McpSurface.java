package io.commandcenter.akm.mcp;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.http.Gate;
import io.commandcenter.akm.http.RequestBody;
import io.commandcenter.akm.http.Surface;
import io.commandcenter.akm.mcp.transport.StreamableHttp;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** MCP's place on the listener, which has checked Host and Origin. */
final class McpSurface implements Surface {
  private final Supplier<StreamableHttp> transport;
  private final int maxBodyBytes;

  McpSurface(Supplier<StreamableHttp> transport, int maxBodyBytes) {
    this.transport = transport;
    this.maxBodyBytes = maxBodyBytes;
  }

  @Override
  public void mount(Router router, Gate gate) {
    var mcp = transport.get();
    gate.guard(router.route("/mcp"), Scope.READ_ONLY)
        .handler(mcp::guard)
        .handler(rc -> handle(rc, mcp));
  }

  private void handle(RoutingContext rc, StreamableHttp mcp) {
    if (rc.request().method() != HttpMethod.POST) {
      mcp.handle(rc, "");
      return;
    }
    RequestBody.read(rc, maxBodyBytes)
        .onSuccess(body -> mcp.handle(rc, text(body)))
        .onFailure(cause -> refuse(rc, mcp, cause));
  }

  /** Empty, and so no JSON, if it is not UTF-8; Java would read something else instead. */
  private static String text(Buffer body) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(body.getBytes()))
          .toString();
    } catch (CharacterCodingException malformed) {
      return "";
    }
  }

  private static void refuse(RoutingContext rc, StreamableHttp mcp, Throwable cause) {
    if (cause instanceof Failure failure && failure.code() == Code.TOO_LARGE) {
      mcp.refuseTooLarge(rc, failure.detail());
    } else {
      rc.fail(cause);
    }
  }
}
