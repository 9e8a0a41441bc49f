package io.commandcenter.akm.router;

import io.commandcenter.akm.core.chat.ChatEvent;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.core.routing.Candidate;
import io.commandcenter.akm.core.routing.ErrorClass;
import io.commandcenter.akm.provider.Downstream;
import io.commandcenter.akm.provider.Endpoint;
import io.commandcenter.akm.provider.ProviderReply;
import io.commandcenter.akm.provider.Upstream.Live;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;

/**
 * As {@link WholeSending}, for a caller who may give up: sent as a live call, for those can be
 * broken off at the provider.
 */
final class StoppableSending implements Sending, Downstream {
  private final Tools tools;
  private final Asked asked;
  private final Stop stop;

  StoppableSending(Tools tools, Asked asked, Stop stop) {
    this.tools = tools;
    this.asked = asked;
    this.stop = stop;
  }

  @Override
  public Ready ready(Endpoint endpoint, Candidate candidate) {
    var request = asked.toSend(candidate);
    var live = new Live.Translated(request, endpoint.protocol().encode(request));
    return (key, timeLeft) -> send(endpoint, candidate, key, live, timeLeft);
  }

  private Future<ProviderReply> send(
      Endpoint endpoint, Candidate candidate, Secret key, Live live, Duration timeLeft) {
    if (stop.given()) {
      return Future.succeededFuture(new ProviderReply.Left(0, TokenUsage.NONE));
    }
    return Within.time(
        tools.vertx(),
        timeLeft.plus(WholeSending.GRACE),
        tools.upstream().live(endpoint, key, live, timeLeft, this),
        () ->
            Future.succeededFuture(
                UnknownCharge.of(
                    asked, candidate, ErrorClass.TIMEOUT, "no answer before the deadline")));
  }

  @Override
  public void running(Flow flow) {
    stop.then(flow::cancel);
  }

  @Override
  public boolean begun() {
    return false;
  }

  @Override
  public boolean left() {
    return stop.given();
  }

  @Override
  public void begin(MultiMap headers) {
    // the answer comes as a whole, in the reply
  }

  @Override
  public void bytes(Buffer bytes) {
    // as above
  }

  @Override
  public void event(ChatEvent event) {
    // as above
  }
}
