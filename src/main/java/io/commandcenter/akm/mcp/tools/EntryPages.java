package io.commandcenter.akm.mcp.tools;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.EntryCalls;
import io.commandcenter.akm.contract.EntryCalls.BeginEntry;
import io.commandcenter.akm.contract.EntryCalls.EntryLink;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.Wire;
import io.vertx.core.Future;

/** How a person enters a key on a one-time page, and how the tool learns of it. */
final class EntryPages {
  /** Below the minute after which common clients give a call up. */
  private static final int WAIT = 45;

  private final Asking bus;
  private final Pause pause;
  private final String purpose;

  /**
   * @param purpose add or rotate
   */
  EntryPages(Asking bus, Pause pause, String purpose) {
    this.bus = bus;
    this.pause = pause;
    this.purpose = purpose;
  }

  /**
   * The arguments of a tool that takes a key in.
   *
   * @param waitSeconds null for 45
   */
  record Arguments(
      String provider, String label, String envVar, String entryId, Integer waitSeconds) {
    Arguments {
      if (envVar != null && entryId != null) {
        throw Failure.badRequest(
            "give `env_var` to take a key from the environment or `entry_id` to ask for a page, but"
                + " not both");
      }
    }

    int seconds() {
      return waitSeconds == null ? WAIT : waitSeconds;
    }
  }

  /** Opens a page and brings the person to it, if the client can; or tells what became of one. */
  Future<ToolAnswer> answer(Arguments asked, ToolCall call) {
    if (asked.entryId != null) {
      return new EntryWatch(bus, pause, call, asked.entryId, 0).end().map(EntryAnswers::ofPage);
    }
    var reply = call.person().reply();
    if (reply != null) {
      return replied(reply, asked, call);
    }
    return bus.ask(
            EntryCalls.BEGIN_ENTRY, new BeginEntry(purpose, asked.provider, asked.label, call.by()))
        .map(
            link ->
                call.person().canBeAsked()
                    ? EntryAnswers.opening(link)
                    : EntryAnswers.handedOver(link, purpose));
  }

  private Future<ToolAnswer> replied(Person.Reply reply, Arguments asked, ToolCall call) {
    var link = Wire.fromJson(reply.memory(), EntryLink.class);
    return switch (reply.outcome()) {
      case AGREED ->
          new EntryWatch(bus, pause, call, link.entryId(), asked.seconds())
              .end()
              .map(
                  status ->
                      status.state().equals("open")
                          ? EntryAnswers.opened(link, purpose)
                          : EntryAnswers.ofPage(status));
      case DECLINED -> Future.succeededFuture(EntryAnswers.declined(link));
      case NOT_SHOWN -> Future.succeededFuture(EntryAnswers.handedOver(link, purpose));
    };
  }
}
