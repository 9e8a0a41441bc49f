package io.commandcenter.akm.provider;

import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.provider.Exchange.Answer;
import io.commandcenter.akm.provider.Exchange.End;
import io.commandcenter.akm.provider.Protocol.HttpCall;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Makes and revokes keys over HTTP, as requests are sent: checked addresses only, https unless the
 * host is named as private, no redirects, one deadline, bounded answers.
 */
public final class HttpMinter implements Minter {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int MOST_BYTES = 64 * 1024;
  private static final int GONE = 404;

  private final Vertx vertx;
  private final Connections connections;

  /**
   * @param allowedPrivateHosts {@code host:port} that may be loopback or private
   */
  public HttpMinter(
      Vertx vertx, ServerConfig.Router settings, Set<String> allowedPrivateHosts, Clock clock) {
    this.vertx = vertx;
    connections =
        new Connections(
            vertx,
            settings.connectTimeout(),
            new CheckedAddresses(
                host -> vertx.executeBlocking(() -> List.of(InetAddress.getAllByName(host)), false),
                allowedPrivateHosts,
                clock),
            Connections.CONNECTIONS_PER_HOST);
  }

  @Override
  public boolean makes(Place place) {
    return api(place).makes();
  }

  @Override
  public Future<Minted> make(Place place, Secret admin, String name) {
    return Future.succeededFuture()
        .compose(v -> call(place, admin, api(place).make(place.project(), name)))
        .map(
            answer -> {
              refuseUnlessOk(answer);
              return MintedAnswer.read(answer.body(), api(place).secretAt(), api(place).idAt());
            });
  }

  @Override
  public Future<Void> revoke(Place place, Secret admin, String id) {
    return Future.succeededFuture()
        .compose(v -> call(place, admin, api(place).revoke(place.project(), id)))
        .map(
            answer -> {
              if (answer.status() != GONE) {
                refuseUnlessOk(answer);
              }
              return null;
            });
  }

  private static MinterApi api(Place place) {
    return MinterApi.named(place.kind())
        .orElseThrow(
            () -> Failure.badRequest("a minter's kind is openai, openrouter or anthropic"));
  }

  private Future<Answer> call(Place place, Secret admin, HttpCall call) {
    call.headers().set("user-agent", "akm").set("accept", "application/json");
    api(place).authorize(call.headers(), admin);
    var base = place.base() == null ? URI.create(api(place).base()) : place.base();
    // On a context of its own: off one, an answer's bytes could come before their handler is set.
    Promise<End> end = Promise.promise();
    var limits = new Exchange.Limits(TIMEOUT, TIMEOUT, MOST_BYTES);
    vertx
        .getOrCreateContext()
        .runOnContext(
            v ->
                new Exchange(vertx, limits)
                    .run(connections.open(base, call, TIMEOUT), call.body())
                    .onComplete(end));
    return end.future().map(HttpMinter::answer);
  }

  private static Answer answer(End end) {
    if (end instanceof Answer answer) {
      return answer;
    }
    throw new Failure(
        Code.PROVIDER_FAILED, "the provider's admin API gave no answer; it is tried again later");
  }

  private static void refuseUnlessOk(Answer answer) {
    if (answer.status() / 100 != 2) {
      throw new Failure(
          Code.PROVIDER_FAILED,
          "the provider's admin API answered with HTTP "
              + answer.status()
              + "; check the minting key and its rights");
    }
  }

  @Override
  public Future<Void> close() {
    return connections.close();
  }
}
