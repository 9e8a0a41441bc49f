package io.commandcenter.akm.mcp.tools;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.PanicCalls;
import io.commandcenter.akm.contract.PanicCalls.FreezeKeys;
import io.commandcenter.akm.contract.PanicCalls.Frozen;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.contract.UseCalls;
import io.commandcenter.akm.contract.UseCalls.ListUses;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.vertx.core.Future;
import java.time.Instant;

/** Stops the use of keys at once. */
final class Panic implements Tool {
  private static final int MOST_KEYS = 1000;

  private static final ToolCard CARD =
      new ToolCard(
          "panic",
          "Freeze keys at once",
          """
          For an emergency, such as a leaked key: freezes one key, all keys of a provider, or all \
          keys, at once and until somebody thaws them; requests that need them fail. Tells who \
          used them lately. Do this only when the person asks for it, and give confirm: freeze. \
          Thawing is not a tool: a person does it with akm thaw or POST /api/v1/panic/thaw.""",
          Scope.OPERATOR,
          Schema.object("What to freeze: one of key_id, provider and all.")
              .required(
                  "confirm",
                  Schema.string("Says that the person wants this: freeze.").oneOf("freeze"))
              .optional("key_id", Schema.string("One key, as in list_api_keys.").atMost(64))
              .optional(
                  "provider",
                  Schema.string("All keys of this provider, those added later too.").atMost(64))
              .optional("all", Schema.bool("true: every key, those added later too."))
              .optional(
                  "reason", Schema.string("One word for the audit log, like leaked.").atMost(64))
              .optional(
                  "since",
                  Schema.string(
                          "List uses from then on, like 2026-11-22T10:00:00Z; 24 h if absent.")
                      .atMost(40)),
          PanicAnswer.schema(),
          new ToolCard.Hints(false, true, true, false));

  private final Asking bus;

  Panic(Asking bus) {
    this.bus = bus;
  }

  record Arguments(
      String confirm, String keyId, String provider, Boolean all, String reason, Instant since) {}

  @Override
  public ToolCard card() {
    return CARD;
  }

  @Override
  public Future<ToolAnswer> call(ToolCall call) {
    var asked = call.as(Arguments.class);
    var freeze =
        new FreezeKeys(
            asked.keyId, asked.provider, asked.all, asked.reason, asked.since, call.by());
    return bus.ask(PanicCalls.FREEZE, freeze).compose(this::withUses);
  }

  /** The ledger knows uses that wrote no row of the audit log: those of a lease already out. */
  private Future<ToolAnswer> withUses(Frozen frozen) {
    var ids = frozen.keys().stream().map(KeyInfo::keyId).limit(MOST_KEYS).toList();
    return bus.ask(UseCalls.USES, new ListUses(ids, frozen.since(), null, null))
        .map(uses -> PanicAnswer.of(frozen, uses));
  }
}
