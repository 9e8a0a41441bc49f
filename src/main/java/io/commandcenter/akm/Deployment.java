package io.commandcenter.akm;

import io.commandcenter.akm.cli.Starter;
import io.commandcenter.akm.config.PublicUrl;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been started, so that it can be stopped in the opposite order; nothing keeps the rest
 * from stopping.
 */
final class Deployment implements Starter.Running {
  private static final Logger log = LoggerFactory.getLogger(Deployment.class);

  private record Part(String name, Supplier<Future<?>> closer) {}

  private final Vertx vertx;
  private final PublicUrl url;
  private final Deque<Part> parts = new ArrayDeque<>();
  private Supplier<List<String>> routes = List::of;

  Deployment(Vertx vertx, PublicUrl url) {
    this.vertx = vertx;
    this.url = url;
  }

  /** Deploys one more verticle. */
  Future<Deployment> then(String name, Deployable verticle) {
    return thenDo(name, target -> target.deployVerticle(verticle));
  }

  /**
   * Deploys one more part.
   *
   * @param deploy gives the id of the deployment
   */
  Future<Deployment> thenDo(String name, Function<Vertx, Future<String>> deploy) {
    return deploy
        .apply(vertx)
        .map(
            id -> {
              onStop(name, () -> vertx.undeploy(id));
              return this;
            });
  }

  /**
   * Remembers something that is open now and is to be closed after everything that is started
   * later.
   */
  void onStop(String name, Supplier<Future<?>> closer) {
    parts.push(new Part(name, closer));
  }

  @Override
  public String url() {
    return url.base().toString();
  }

  void routes(Supplier<List<String>> ofListener) {
    routes = ofListener;
  }

  @Override
  public List<String> routes() {
    return routes.get();
  }

  @Override
  public Future<Void> stop() {
    Future<?> stopped = Future.succeededFuture();
    while (!parts.isEmpty()) {
      var part = parts.pop();
      stopped = stopped.eventually(() -> close(part));
    }
    return stopped.mapEmpty();
  }

  private static Future<?> close(Part part) {
    return part.closer()
        .get()
        .onSuccess(v -> log.info("{} stopped", part.name()))
        .onFailure(cause -> log.warn("{} did not stop cleanly", part.name(), cause));
  }
}
