package io.commandcenter.akm.bus;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Call;
import io.commandcenter.akm.contract.Fact;
import io.commandcenter.akm.contract.Reach;
import io.commandcenter.akm.contract.Wire;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Typed calls and facts over the event bus.
 *
 * <p>CLUSTER calls travel as JSON, so that any Vert.x client can make them; NODE calls travel by
 * reference to a local consumer and cannot be encoded for the wire. A served handler that throws or
 * fails is always answered: a raw consumer would leave its caller waiting for the timeout.
 */
public final class Bus implements Asking {
  /** Longer than the longest deadline a request may have. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(11);

  private static final Logger log = LoggerFactory.getLogger(Bus.class);
  private static final String HERE = "#here";
  private static final String ORIGIN = "akm-origin";

  private final EventBus events;
  private final DeliveryOptions cluster;
  private final DeliveryOptions node;
  private final DeliveryOptions published;
  private final boolean clustered;

  /** Tells this process's own facts from those of others. */
  private final String origin;

  public Bus(Vertx vertx) {
    this(vertx, DEFAULT_TIMEOUT);
  }

  public Bus(Vertx vertx, Duration timeout) {
    events = vertx.eventBus();
    ByReference.register(events);
    clustered = vertx.isClustered();
    origin =
        vertx
            .sharedData()
            .<String, String>getLocalMap(ORIGIN)
            .computeIfAbsent(ORIGIN, first -> UUID.randomUUID().toString());
    cluster = new DeliveryOptions().setSendTimeout(timeout.toMillis());
    published = new DeliveryOptions(cluster).addHeader(ORIGIN, origin);
    node = new DeliveryOptions(cluster).setLocalOnly(true).setCodecName(ByReference.CODEC_NAME);
  }

  @Override
  public <Q extends Record, A extends Record> Future<A> ask(Call<Q, A> call, Q request) {
    if (call.reach() == Reach.NODE) {
      return events
          .<A>request(call.address(), request, node)
          .map(Message::body)
          .recover(cause -> Future.failedFuture(Failures.ofReply(cause, call)));
    }
    return events
        .<JsonObject>request(call.address(), Wire.toJson(request), cluster)
        .map(reply -> Wire.fromJson(reply.body(), call.answer()))
        .recover(cause -> Future.failedFuture(Failures.ofReply(cause, call)));
  }

  /**
   * Answers a call with what the handler's future gives; end it by unregistering the returned
   * consumer.
   */
  public <Q extends Record, A extends Record> MessageConsumer<?> serve(
      Call<Q, A> call, Function<Q, Future<A>> handler) {
    if (call.reach() == Reach.NODE) {
      return events.<Object>localConsumer(
          call.address(),
          message ->
              answer(call, () -> handler.apply(call.request().cast(message.body())))
                  .onSuccess(answer -> message.reply(answer, node))
                  .onFailure(cause -> message.fail(Failures.number(cause), Failures.text(cause))));
    }
    return events.<Object>consumer(
        call.address(),
        message ->
            answer(call, () -> handler.apply(decode(call, message.body())))
                .map(Wire::toJson)
                .onSuccess(answer -> message.reply(answer, cluster))
                .onFailure(cause -> message.fail(Failures.number(cause), Failures.text(cause))));
  }

  public <T extends Record> void publish(Fact<T> fact, T body) {
    if (fact.frequent()) {
      events.publish(fact.address() + HERE, body, node);
    }
    if (!fact.frequent() || clustered) {
      events.publish(fact.address(), Wire.toJson(body), published);
    }
  }

  /** Hears a fact; one that cannot be read, or whose hearer throws, is logged and passed over. */
  public <T extends Record> MessageConsumer<?> hear(Fact<T> fact, Consumer<T> hearer) {
    if (fact.frequent()) {
      events.<Object>localConsumer(
          fact.address() + HERE,
          message -> tell(fact, hearer, () -> fact.body().cast(message.body())));
    }
    return events.<JsonObject>consumer(
        fact.address(),
        message -> {
          boolean heardHere = fact.frequent() && origin.equals(message.headers().get(ORIGIN));
          if (!heardHere) {
            tell(fact, hearer, () -> Wire.fromJson(message.body(), fact.body()));
          }
        });
  }

  private static <T extends Record> void tell(Fact<T> fact, Consumer<T> hearer, Supplier<T> body) {
    try {
      hearer.accept(body.get());
    } catch (RuntimeException e) {
      log.error("a hearer of {} failed", fact.address(), e);
    }
  }

  private static <A> Future<A> answer(Call<?, ?> call, Supplier<Future<A>> work) {
    Future<A> answer;
    try {
      answer = work.get();
    } catch (RuntimeException e) {
      answer = Future.failedFuture(e);
    }
    return answer.recover(cause -> Future.failedFuture(Failures.logged(cause, call.address())));
  }

  private static <Q extends Record> Q decode(Call<Q, ?> call, Object body) {
    if (body instanceof JsonObject json) {
      return Wire.fromJson(json, call.request());
    }
    throw io.commandcenter.akm.contract.Failure.badRequest(
        "the message body must be a JSON object");
  }
}
