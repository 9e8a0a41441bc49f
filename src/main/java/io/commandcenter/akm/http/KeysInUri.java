package io.commandcenter.akm.http;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.keys.KeyShape;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * Refuses a request whose path, query or Host holds a key before anything else sees it: routers
 * write the whole URI into their log.
 */
final class KeysInUri implements Handler<HttpServerRequest> {
  private final RequestIds ids = new RequestIds(new SecureRandom());
  private final Handler<HttpServerRequest> next;

  KeysInUri(Handler<HttpServerRequest> next) {
    this.next = next;
  }

  @Override
  public void handle(HttpServerRequest request) {
    if (holdsKey(request.uri()) || holdsKey(request.getHeader(HttpHeaders.HOST))) {
      refuse(request);
    } else {
      next.handle(request);
    }
  }

  /**
   * @param text null for none
   */
  private static boolean holdsKey(String text) {
    return KeyShape.looksLikeKey(text)
        || text != null && text.indexOf('%') >= 0 && KeyShape.looksLikeKey(decoded(text));
  }

  private void refuse(HttpServerRequest request) {
    var failure =
        new Failure(
            Code.KEY_IN_ARGUMENT,
            "the path, the query or the Host holds what looks like a provider key; revoke that key at the"
                + " provider, it must be considered burned");
    var id = ids.next(request.response());
    request
        .response()
        .setStatusCode(failure.code().httpStatus())
        .putHeader("Content-Type", Problems.CONTENT_TYPE)
        // Said aloud, or a client would send its next request into the closing connection.
        .putHeader("Connection", "close")
        .end(Problems.document(failure, id).toBuffer())
        // Its body, if any, is not read.
        .onComplete(written -> request.connection().close());
  }

  /** Percent-decoded as far as it can be; what is no escape stays as it is. */
  private static String decoded(String uri) {
    var bytes = uri.getBytes(StandardCharsets.ISO_8859_1);
    int length = 0;
    for (int i = 0; i < bytes.length; i++) {
      int escape = bytes[i] == '%' ? escape(bytes, i) : -1;
      bytes[length++] = escape < 0 ? bytes[i] : (byte) escape;
      i += escape < 0 ? 0 : 2;
    }
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
  }

  private static int escape(byte[] bytes, int at) {
    if (at + 2 >= bytes.length) {
      return -1;
    }
    int high = Character.digit(bytes[at + 1], 16);
    int low = Character.digit(bytes[at + 2], 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }
}
