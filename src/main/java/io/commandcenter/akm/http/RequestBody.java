package io.commandcenter.akm.http;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

/** Reads a request's body into memory, never more of it than its limit. */
public final class RequestBody {
  private RequestBody() {}

  /** Whether the request says that a body follows. */
  static boolean isAnnounced(HttpServerRequest request) {
    return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || length(request) > 0;
  }

  /** The body, empty if there is none; or TOO_LARGE as soon as that is certain. */
  public static Future<Buffer> read(RoutingContext rc, int maxBytes) {
    var request = rc.request();
    if (length(request) > maxBytes) {
      return Future.failedFuture(tooLarge(maxBytes));
    }
    if (request.isEnded()) {
      return Future.succeededFuture(Buffer.buffer());
    }
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      rc.response().writeContinue();
    }
    return collect(request, maxBytes);
  }

  /** Fails with UNSUPPORTED_MEDIA_TYPE unless the body's type is {@code expected}. */
  public static void requireType(RoutingContext rc, String expected) {
    var header = rc.request().getHeader(HttpHeaders.CONTENT_TYPE);
    var type = header == null ? "" : header.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    if (!type.equals(expected)) {
      throw new Failure(Code.UNSUPPORTED_MEDIA_TYPE, "send Content-Type: " + expected);
    }
  }

  private static Future<Buffer> collect(HttpServerRequest request, int maxBytes) {
    var collected = Buffer.buffer();
    var whole = Promise.<Buffer>promise();
    request.exceptionHandler(
        broken -> whole.tryFail(Failure.badRequest("the body broke off; send it again")));
    request.endHandler(end -> whole.tryComplete(collected));
    request.handler(
        part -> {
          if (collected.length() + part.length() > maxBytes) {
            request.pause();
            whole.tryFail(tooLarge(maxBytes));
          } else {
            collected.appendBuffer(part);
          }
        });
    request.resume();
    return whole.future();
  }

  private static long length(HttpServerRequest request) {
    var header = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return header == null ? 0 : Long.parseLong(header);
  }

  private static Failure tooLarge(int maxBytes) {
    return new Failure(Code.TOO_LARGE, "the body has more than " + maxBytes + " bytes; send less");
  }
}
