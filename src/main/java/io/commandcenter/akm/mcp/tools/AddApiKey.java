package io.commandcenter.akm.mcp.tools;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.contract.VaultCalls;
import io.commandcenter.akm.contract.VaultCalls.AddFromEnvironment;
import io.vertx.core.Future;

/** Puts a new key into the vault. */
final class AddApiKey implements Tool {
  private static final ToolCard CARD =
      new ToolCard(
          "add_api_key",
          "Add an API key",
          """
          Adds a key of an AI provider to the vault, under a label. With env_var the server reads \
          the key from its own environment. Without it the answer is a one-time link: a person \
          opens it and enters the key there; call again with the entry_id to learn what was stored. \
          Never put a key into the arguments: such a call is \
          refused and that key is burned.""",
          Scope.OPERATOR,
          KeyAnswers.input("A new name for the key, unique for the provider, for example main."),
          KeyAnswers.output(),
          new ToolCard.Hints(false, false, false, false));

  private final Asking bus;
  private final EntryPages pages;

  AddApiKey(Asking bus, Pause pause) {
    this.bus = bus;
    pages = new EntryPages(bus, pause, "add");
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
            VaultCalls.ADD_FROM_ENVIRONMENT,
            new AddFromEnvironment(
                asked.provider(), asked.label(), asked.envVar(), null, null, call.by()))
        .map(key -> KeyAnswers.stored("Added", key));
  }
}
