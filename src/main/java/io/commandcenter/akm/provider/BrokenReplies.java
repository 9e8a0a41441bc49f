package io.commandcenter.akm.provider;

import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.core.routing.ErrorClass;
import io.commandcenter.akm.provider.Exchange.Break;
import io.commandcenter.akm.provider.Exchange.Broken;
import io.commandcenter.akm.provider.ProviderReply.Failed;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Calls that got no whole answer, as replies. */
final class BrokenReplies {
  private BrokenReplies() {}

  static Failed of(Broken broken) {
    return switch (broken.how()) {
      case NOT_CONNECTED -> notConnected(broken.cause());
      case DEADLINE, FIRST_BYTE, SILENCE ->
          FailedReplies.without(broken.status(), ErrorClass.TIMEOUT);
      case CUT ->
          FailedReplies.without(
              broken.status(),
              ErrorClass.TRANSIENT,
              "The provider ended the connection before its answer was whole; ask again.");
      case TOO_LARGE ->
          FailedReplies.without(
              broken.status(),
              ErrorClass.BAD_ANSWER,
              "The provider's answer is larger than max_answer_bytes; ask for less.");
    };
  }

  static Failed cut(int status, TokenUsage usage) {
    return of(new Broken(Break.CUT, status, true, null)).charged(usage);
  }

  static Failed tooLarge(int status, TokenUsage usage) {
    return of(new Broken(Break.TOO_LARGE, status, true, null)).charged(usage);
  }

  private static Failed notConnected(Throwable cause) {
    if (cause instanceof CheckedAddresses.Refused) {
      return unreachable(
          "The endpoint is private or not https; name its host:port in allowed_private_hosts.");
    }
    if (cause instanceof ConnectionPoolTooBusyException) {
      return FailedReplies.without(
          0,
          ErrorClass.OVERLOADED,
          "Too many requests already wait for this provider; ask again shortly.");
    }
    if (cause instanceof ConnectTimeoutException || cause instanceof TimeoutException) {
      return FailedReplies.without(
          0, ErrorClass.TIMEOUT, "No connection to the provider came about in time; ask again.");
    }
    if (cause instanceof UnknownHostException) {
      return unreachable("The endpoint's host name cannot be resolved; check the endpoint.");
    }
    if (cause instanceof SSLException) {
      return unreachable("No trusted TLS connection came about; check the endpoint's certificate.");
    }
    return unreachable("The provider cannot be reached; check its endpoint and the network.");
  }

  private static Failed unreachable(String detail) {
    return FailedReplies.without(0, ErrorClass.TRANSIENT, detail);
  }
}
