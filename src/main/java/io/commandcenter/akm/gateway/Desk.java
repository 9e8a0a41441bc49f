package io.commandcenter.akm.gateway;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.exchange.BodyScan;
import io.commandcenter.akm.exchange.WireFormat;
import io.commandcenter.akm.gateway.dialect.ChatDialect;
import io.commandcenter.akm.gateway.dialect.CountDialect;
import io.commandcenter.akm.gateway.dialect.Dialect;
import io.commandcenter.akm.gateway.dialect.EmbedDialect;
import io.vertx.ext.web.RoutingContext;

/**
 * One call that callers make.
 *
 * @param chat, embed, count one of them; the others are null
 * @param addressing which model it is for
 * @param anyType whether a body without {@code Content-Type: application/json} is taken too
 */
record Desk(
    WireFormat format,
    ChatDialect chat,
    EmbedDialect embed,
    CountDialect count,
    Addressing addressing,
    boolean anyType) {

  /** Reads the target of a call. */
  @FunctionalInterface
  interface Addressing {
    Target of(RoutingContext rc, BodyScan scan);
  }

  static Desk of(ChatDialect chat) {
    return new Desk(chat.format(), chat, null, null, inBody(false), false);
  }

  static Desk of(EmbedDialect embed) {
    return new Desk(embed.format(), null, embed, null, inBody(false), false);
  }

  static Desk of(CountDialect count) {
    return new Desk(count.format(), null, null, count, inBody(false), false);
  }

  Desk at(Addressing other) {
    return new Desk(format, chat, embed, count, other, anyType);
  }

  /** As Ollama's callers do it: a chat streams unless told otherwise; often without a type. */
  Desk likeOllama() {
    return new Desk(format, chat, embed, count, inBody(chat != null), true);
  }

  Dialect dialect() {
    return chat != null ? chat : embed != null ? embed : count;
  }

  private static Addressing inBody(boolean streamsByDefault) {
    return (rc, scan) -> {
      if (scan.model() == null || scan.model().isBlank()) {
        throw Failure.badRequest(
                "`model` is required: name a model, provider/model, auto or task:<name>")
            .with("param", "model");
      }
      boolean streams = scan.stream() == null ? streamsByDefault : scan.stream();
      return new Target(scan.model(), streams, false);
    };
  }
}
