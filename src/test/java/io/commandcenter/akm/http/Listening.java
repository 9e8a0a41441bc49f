package io.commandcenter.akm.http;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.config.PublicUrl;
import io.commandcenter.akm.config.ServerConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;

/** A running listener on a free port, its bus, and a client. */
public final class Listening implements AutoCloseable {
  public final Vertx vertx = Vertx.vertx();
  public final Bus bus = new Bus(vertx);
  public final Tokens tokens = new Tokens().serve(bus);
  public final PublicUrl publicUrl = new PublicUrl();
  public final AtomicLong extraNanos = new AtomicLong();
  public final ServerConfig config;
  public final WebClient client =
      WebClient.create(vertx, new WebClientOptions().setFollowRedirects(false));
  private String deployment;

  public Listening(Limits limits) {
    this(limits.config());
  }

  public Listening(ServerConfig config) {
    this.config = config;
  }

  public Listening() {
    this(Limits.usual());
  }

  /** Deploys with these surfaces; fails as the deployment does. */
  public Listening startLoaded(BiFunction<Vertx, Bus, Future<List<Surface>>> surfaces) {
    deployment =
        await(
            surfaces
                .apply(vertx, bus)
                .compose(
                    list ->
                        new Listener(
                                bus,
                                config,
                                publicUrl,
                                list,
                                () -> System.nanoTime() + extraNanos.get())
                            .deploy(vertx)));
    return this;
  }

  public Listening start(Surface... surfaces) {
    return startLoaded((v, b) -> Future.succeededFuture(List.of(surfaces)));
  }

  public Future<Void> stop() {
    return vertx.undeploy(deployment);
  }

  public int port() {
    return publicUrl.base().getPort();
  }

  public HttpRequest<Buffer> request(HttpMethod method, String path, String token) {
    var request = client.request(method, port(), "127.0.0.1", path);
    return token == null ? request : request.bearerTokenAuthentication(token);
  }

  public HttpResponse<Buffer> get(String path, String token) {
    return await(request(HttpMethod.GET, path, token).send());
  }

  public HttpResponse<Buffer> post(String path, String token, JsonObject body) {
    return await(request(HttpMethod.POST, path, token).sendJsonObject(body));
  }

  public HttpResponse<Buffer> postText(String path, String token, String type, String text) {
    return await(
        request(HttpMethod.POST, path, token)
            .putHeader("Content-Type", type)
            .sendBuffer(Buffer.buffer(text)));
  }

  /** Writes text to a fresh connection. */
  RawSocket raw(String text) {
    return RawSocket.open(vertx, port(), text);
  }

  public static <T> T await(Future<T> future) {
    try {
      return future.await(10, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("no answer within 10 s", e);
    }
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
