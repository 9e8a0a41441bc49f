package io.commandcenter.akm.mcp.tools;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.RotationCalls;
import io.commandcenter.akm.contract.RotationCalls.RotateFromEnvironment;
import io.commandcenter.akm.contract.Scope;
import io.vertx.core.Future;

/** Puts a new version in place of a key. */
final class RotateKey implements Tool {
  private static final ToolCard CARD =
      new ToolCard(
          "rotate_key",
          "Rotate an API key",
          """
          Puts a new version in place of a key while requests go on: it is checked at the provider, \
          tried with a share of the requests, and taken into use; if the provider refuses it, the \
          old version stays. The old one is kept for a grace period, then it is out of use here; \
          revoke it at the provider afterwards. With env_var the server reads the new key from its \
          own environment, without it the answer is a one-time link for a person; call again with the entry_id to learn \
          what was stored. Never put a key \
          into the arguments.""",
          Scope.OPERATOR,
          KeyAnswers.input("The label of the key to rotate, as in api://providers."),
          KeyAnswers.output(),
          new ToolCard.Hints(false, true, false, false));

  private final Asking bus;
  private final EntryPages pages;

  RotateKey(Asking bus, Pause pause) {
    this.bus = bus;
    pages = new EntryPages(bus, pause, "rotate");
  }

  @Override
  public ToolCard card() {
    return CARD;
  }

  @Override
  public Future<ToolAnswer> call(ToolCall call) {
    var asked = call.as(EntryPages.Arguments.class);
    if (asked.envVar() == null) {
      return pages.answer(asked, call);
    }
    return bus.ask(
            RotationCalls.ROTATE_FROM_ENVIRONMENT,
            new RotateFromEnvironment(
                asked.provider(), asked.label(), asked.envVar(), null, null, null, call.by()))
        .map(KeyAnswers::rotating);
  }
}
