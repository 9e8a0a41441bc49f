package io.commandcenter.akm.provider;

import io.commandcenter.akm.provider.Protocol.HttpCall;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Opens requests over pooled connections to checked addresses.
 *
 * <p>One client per TLS policy, and never TLS options of a single request: pooled connections are
 * shared by requests whose options differ (CVE-2026-102476).
 */
final class Connections {
  /** Of calls whose answer is taken as a whole. */
  static final int CONNECTIONS_PER_HOST = 64;

  private static final int HTTP2_CONNECTIONS_PER_HOST = 64;
  private static final int WAITING_PER_HOST = 256;
  private static final int KEEP_ALIVE_SECONDS = 30;
  private static final int ADDRESSES_TRIED = 3;

  private final CheckedAddresses addresses;
  private final HttpClient plain;
  private final HttpClient verifiedTls;

  /**
   * @param perHost connections to one host, where it does not speak HTTP/2
   */
  Connections(Vertx vertx, Duration connectTimeout, CheckedAddresses addresses, int perHost) {
    this.addresses = addresses;
    var pool = new PoolOptions().setHttp1MaxSize(perHost).setMaxWaitQueueSize(WAITING_PER_HOST);
    plain = client(vertx, options(connectTimeout), pool);
    verifiedTls =
        client(
            vertx,
            tls(options(connectTimeout)),
            new PoolOptions(pool).setHttp2MaxSize(HTTP2_CONNECTIONS_PER_HOST));
  }

  private static HttpClient client(Vertx vertx, HttpClientOptions options, PoolOptions pool) {
    return vertx
        .httpClientBuilder()
        .with(options)
        .with(pool)
        // Without a handler the fault would be logged, with bytes the provider sent.
        .withConnectHandler(connection -> connection.exceptionHandler(fault -> {}))
        .build();
  }

  /** HTTP/2 where the provider speaks it: many streams share a connection and its handshake. */
  private static HttpClientOptions tls(HttpClientOptions options) {
    return options
        .setSsl(true)
        .setVerifyHost(true)
        .setUseAlpn(true)
        .setProtocolVersion(HttpVersion.HTTP_2);
  }

  private static HttpClientOptions options(Duration connectTimeout) {
    int millis = Math.toIntExact(connectTimeout.toMillis());
    return new HttpClientOptions()
        .setConnectTimeout(millis)
        .setSslHandshakeTimeout(millis)
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
        // Compressed answers could grow past their bound while they are read.
        .setDecompressionSupported(false);
  }

  /**
   * @param timeLeft also bounds the wait for a free connection
   */
  Future<HttpClientRequest> open(URI base, HttpCall call, Duration timeLeft) {
    var isTls = "https".equalsIgnoreCase(base.getScheme());
    var options =
        new RequestOptions()
            .setMethod(call.method())
            .setHost(base.getHost())
            .setPort(CheckedAddresses.port(base))
            .setURI(base.getRawPath() + call.path())
            .setHeaders(call.headers())
            .setSsl(isTls)
            .setFollowRedirects(false)
            .setConnectTimeout(Math.max(1, timeLeft.toMillis()));
    return addresses
        .of(base)
        .compose(checked -> open(isTls ? verifiedTls : plain, options, checked, 0));
  }

  /** The server is the checked address; Host, SNI and the certificate's name stay the original. */
  private Future<HttpClientRequest> open(
      HttpClient client, RequestOptions options, List<InetAddress> checked, int index) {
    var address = checked.get(index).getHostAddress();
    options.setServer(SocketAddress.inetSocketAddress(options.getPort(), address));
    return client
        .request(options)
        .recover(
            cause ->
                cause instanceof ConnectException
                        && index + 1 < Math.min(checked.size(), ADDRESSES_TRIED)
                    ? open(client, options, checked, index + 1)
                    : Future.failedFuture(cause));
  }

  Future<Void> close() {
    return Future.join(plain.close(), verifiedTls.close()).mapEmpty();
  }
}
