package io.commandcenter.akm.mcp;

import io.commandcenter.akm.mcp.tools.Person;
import io.commandcenter.akm.mcp.transport.Revisions;
import io.commandcenter.akm.mcp.transport.feature.Call;
import io.vertx.core.json.JsonObject;

/** The person behind a call's client. */
record CallPerson(Call call) implements Person {
  /** The key of the page among what a client is asked. */
  static final String PAGE = "page";

  /** Clients of the newest session revision know the refusal that carries a link. */
  @Override
  public boolean canBeAsked() {
    return call.client().links() || takesLinkInRefusal();
  }

  boolean takesLinkInRefusal() {
    return call.session() != null && call.revision().equals(Revisions.newestOfSessions());
  }

  @Override
  public Reply reply() {
    if (call.memory() == null) {
      return null;
    }
    var answer = call.answers().getOrDefault(PAGE, new JsonObject());
    var outcome =
        switch (answer.getValue("action") instanceof String action ? action : "") {
          case "accept" -> Outcome.AGREED;
          case "decline", "cancel" -> Outcome.DECLINED;
          default -> Outcome.NOT_SHOWN;
        };
    return new Reply(outcome, call.memory());
  }
}
