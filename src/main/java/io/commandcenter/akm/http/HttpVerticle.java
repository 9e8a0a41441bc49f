package io.commandcenter.akm.http;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.config.PublicUrl;
import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Facts;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.http.oauth.OAuthResource;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** One instance of the listener: what every request passes before it reaches a surface. */
final class HttpVerticle extends VerticleBase {
  private static final int MAX_HEADER_BYTES = 16 * 1024;
  private static final int MAX_LINE_BYTES = 8 * 1024;

  private final Bus bus;
  private final ServerConfig config;
  private final PublicUrl publicUrl;
  private final List<Surface> surfaces;
  private final Doors doors;
  private final LongSupplier nanoTime;

  private HttpServer server;
  private boolean draining;
  private volatile List<String> routes = List.of();

  /**
   * @param publicUrl set once the listener has its port
   * @param doors shared by all instances
   */
  HttpVerticle(
      Bus bus,
      ServerConfig config,
      PublicUrl publicUrl,
      List<Surface> surfaces,
      Doors doors,
      LongSupplier nanoTime) {
    this.bus = bus;
    this.config = config;
    this.publicUrl = publicUrl;
    this.surfaces = List.copyOf(surfaces);
    this.doors = doors;
    this.nanoTime = nanoTime;
  }

  @Override
  public Future<?> start() {
    Binding.check(config);
    var connections = new Connections(vertx, config.http());
    var router = router(connections);
    server =
        vertx
            .createHttpServer(options())
            .connectionHandler(connections::opened)
            .invalidRequestHandler(HttpVerticle::refuse)
            .requestHandler(new KeysInUri(router));
    return server
        .listen(Binding.port(config), config.host())
        .onSuccess(listening -> publicUrl.set(Binding.publicUrl(config, listening.actualPort())));
  }

  /** Readiness turns 503, nothing new is accepted, requests in flight end within the drain time. */
  @Override
  public Future<?> stop() {
    draining = true;
    return server.shutdown(config.http().drain().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Every route with the scope that it declares, as {@code GET /api/v1/keys operator}. */
  List<String> routes() {
    return routes;
  }

  private Router router(Connections connections) {
    var oauth =
        Optional.ofNullable(config.oauth())
            .map(
                issuer -> new OAuthResource(vertx, issuer, publicUrl, Clock.systemUTC(), nanoTime));
    bus.hear(Facts.TOKEN_CHANGED, changed -> doors.forget());
    var gate = new BearerGate(bus, doors, oauth);

    var surface = Router.router(vertx);
    oauth.ifPresent(resource -> resource.mount(surface));
    new HealthRoutes(vertx, bus, () -> draining).mount(surface);
    surfaces.forEach(each -> each.mount(surface, gate));
    var table = RouteTable.audited(surface);
    routes = table.declared();

    var router = Router.router(vertx);
    router
        .route()
        .handler(new RequestIds(new SecureRandom()))
        .handler(connections)
        .handler(new DecoyWatch(bus))
        .handler(new HostAndOrigin(config, publicUrl))
        .handler(this::refuseWhileDraining);
    router.route("/*").subRouter(surface);
    statuses().forEach(status -> router.errorHandler(status, Problems::sendFailure));
    router.errorHandler(
        405,
        rc -> {
          rc.response().putHeader("Allow", table.allowed(rc.normalizedPath()));
          Problems.sendFailure(rc);
        });
    return router;
  }

  private static Stream<Integer> statuses() {
    var ours = Stream.of(Code.values()).map(Code::httpStatus);
    return Stream.concat(ours, Stream.of(406)).distinct();
  }

  private void refuseWhileDraining(RoutingContext rc) {
    if (draining && !rc.normalizedPath().startsWith("/health/")) {
      rc.fail(new Failure(Code.UNAVAILABLE, "this server is stopping; try another or again soon"));
    } else {
      rc.next();
    }
  }

  /** Vert.x has no bound for most of these unless it is told one. */
  private HttpServerOptions options() {
    return new HttpServerOptions()
        .setIdleTimeout((int) config.http().idleTimeout().toMillis())
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setMaxHeaderSize(MAX_HEADER_BYTES)
        .setMaxInitialLineLength(MAX_LINE_BYTES)
        .setMaxFormFields(16)
        .setHttp2ClearTextEnabled(false)
        .setDecompressionSupported(false);
  }

  /** A request line or header that HTTP itself does not allow; there is no route for it. */
  private static void refuse(HttpServerRequest request) {
    var problem =
        Problems.document(
            Failure.badRequest("the request line or a header is malformed or too long"), "none");
    request
        .response()
        .setStatusCode(400)
        .putHeader("Content-Type", Problems.CONTENT_TYPE)
        .end(problem.toBuffer())
        .onComplete(written -> request.connection().close());
  }
}
