package io.commandcenter.akm.provider;

import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.provider.Exchange.Break;
import io.commandcenter.akm.provider.Exchange.Broken;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;

/**
 * One call whose answer is handed on while it comes. It ends exactly once, within its limits, and
 * leaves nothing running behind. Confined to one event loop.
 */
final class LiveCall implements Downstream.Flow, Watch.Watched {
  /**
   * All in nanoseconds.
   *
   * @param deadline in monotonic time
   * @param firstByte from the request's end to the answer's head
   * @param silence between two pieces of the answer
   */
  record Limits(long deadline, long firstByte, long silence) {}

  private final Watch watch;
  private final Limits limits;
  private final Receiver receiver;
  private final Promise<ProviderReply> reply = Promise.promise();
  private HttpClientRequest request;
  private HttpClientResponse response;
  private int status;
  private long lastSign;
  private boolean paused;
  private boolean ended;

  LiveCall(Watch watch, Limits limits, Receiver receiver) {
    this.watch = watch;
    this.limits = limits;
    this.receiver = receiver;
  }

  /**
   * @param body null for none
   */
  Future<ProviderReply> run(Future<HttpClientRequest> opening, Buffer body) {
    watch.add(this);
    opening
        .onSuccess(opened -> send(opened, body))
        .onFailure(cause -> broken(Break.NOT_CONNECTED, cause));
    return reply.future();
  }

  private void send(HttpClientRequest opened, Buffer body) {
    // Faults come through the futures too; without a handler each would be logged as an error.
    opened.exceptionHandler(cause -> broken(Break.CUT, cause));
    if (ended) {
      // The connection came too late: nothing may be sent, or the provider would bill it.
      opened.reset();
      return;
    }
    request = opened;
    lastSign = System.nanoTime();
    (body == null ? opened.send() : opened.send(body))
        .onSuccess(this::receive)
        .onFailure(cause -> broken(Break.CUT, cause));
  }

  private void receive(HttpClientResponse answer) {
    if (ended) {
      return;
    }
    response = answer;
    status = answer.statusCode();
    lastSign = System.nanoTime();
    receiver.head(status, answer.headers());
    answer
        .exceptionHandler(cause -> broken(Break.CUT, cause))
        .handler(this::take)
        .endHandler(v -> finish(receiver.end()));
    if (paused) {
      answer.pause();
    }
  }

  private void take(Buffer bytes) {
    if (ended) {
      return;
    }
    lastSign = System.nanoTime();
    var early = receiver.bytes(bytes);
    if (early != null) {
      breakOff(early);
    }
  }

  @Override
  public void look(long now) {
    if (now - limits.deadline() >= 0) {
      broken(Break.DEADLINE, null);
    } else if (request != null && response == null && now - lastSign >= limits.firstByte()) {
      broken(Break.FIRST_BYTE, null);
    } else if (response != null && !paused && now - lastSign >= limits.silence()) {
      broken(Break.SILENCE, null);
    }
  }

  @Override
  public void pause() {
    paused = true;
    if (response != null) {
      response.pause();
    }
  }

  @Override
  public void resume() {
    paused = false;
    // Being held up is no silence of the provider's.
    lastSign = System.nanoTime();
    if (response != null && !ended) {
      response.resume();
    }
  }

  @Override
  public void cancel() {
    var used = request == null ? TokenUsage.NONE : receiver.soFar();
    breakOff(new ProviderReply.Left(status, used));
  }

  private void broken(Break how, Throwable cause) {
    if (ended) {
      return;
    }
    var broken = new Broken(how, status, request != null, cause);
    var failed = BrokenReplies.of(broken);
    breakOff(broken.mayBeCharged() ? failed.charged(receiver.soFar()) : failed);
  }

  private void breakOff(ProviderReply early) {
    if (finish(early) && request != null) {
      request.reset();
    }
  }

  private boolean finish(ProviderReply last) {
    if (ended) {
      return false;
    }
    ended = true;
    watch.remove(this);
    reply.complete(last);
    return true;
  }
}
