package io.commandcenter.akm.mcp.tools;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.AuditCalls;
import io.commandcenter.akm.contract.AuditCalls.AuditPage;
import io.commandcenter.akm.contract.AuditCalls.ListAudit;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.contract.Wire;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Who did what, when, and how it ended. */
final class GetAuditLog implements Tool {
  private static final int PAGE = 50;
  private static final long MAX_SEQ = 9_007_199_254_740_991L;

  private static final ToolCard CARD =
      new ToolCard(
          "get_audit_log",
          "Get the audit log",
          """
          What was done with keys, tokens and the vault, newest first: who (principal), what \
          (action), about what (subject), how it ended, when (UTC). Use it to find out who used or \
          changed a key, or why somebody was refused. For older rows pass `next` of the answer as \
          before.""",
          Scope.OPERATOR,
          Schema.object("Which rows; nothing for the newest.")
              .optional("subject", Schema.string("A key's, token's or entry's id.").atMost(128))
              .optional("principal", Schema.string("Whoever did it: a token's id.").atMost(128))
              .optional(
                  "action",
                  Schema.string("Like key.lease, token.mint or auth.denied; key. for all of keys.")
                      .atMost(49))
              .optional("outcome", Schema.string("How it ended.").oneOf("ok", "denied"))
              .optional(
                  "since", Schema.string("From then on, like 2026-11-22T10:00:00Z.").atMost(40))
              .optional(
                  "until", Schema.string("Only before, like 2026-11-23T00:00:00Z.").atMost(40))
              .optional(
                  "limit",
                  Schema.integer("How many rows, at most; 50 if not said.")
                      .between(1, Fitting.MOST_ROWS))
              .optional(
                  "before", Schema.integer("Only rows with a smaller seq.").between(1, MAX_SEQ)),
          Schema.object("One page.")
              .required("rows", Schema.array("Newest first.", row()))
              .optional("next", Schema.integer("Pass it as before for older rows.")),
          ToolCard.Hints.READ);

  private final Asking bus;

  GetAuditLog(Asking bus) {
    this.bus = bus;
  }

  record Arguments(
      String subject,
      String principal,
      String action,
      String outcome,
      Instant since,
      Instant until,
      Integer limit,
      Long before) {}

  private static Schema row() {
    return Schema.object("One event.")
        .required("seq", Schema.integer("Its place in the log."))
        .required("at", Schema.string("When, ISO 8601."))
        .required("principal", Schema.string("Who."))
        .required("action", Schema.string("What."))
        .required("subject", Schema.string("About what."))
        .required("outcome", Schema.string("ok or denied."))
        .required("detail", Schema.string("Labels, providers, fingerprints; never a key."));
  }

  @Override
  public ToolCard card() {
    return CARD;
  }

  @Override
  public Future<ToolAnswer> call(ToolCall call) {
    var asked = call.as(Arguments.class);
    var question =
        new ListAudit(
            asked.limit == null ? Integer.valueOf(PAGE) : asked.limit,
            asked.before,
            null,
            asked.subject,
            asked.principal,
            asked.action,
            asked.outcome,
            asked.since,
            asked.until);
    return bus.ask(AuditCalls.LIST, question).map(GetAuditLog::answer);
  }

  /** Fewer rows than asked for, if they are long: the next page begins after them. */
  private static ToolAnswer answer(AuditPage page) {
    return Fitting.answer(
        page.rows(),
        rows ->
            told(
                new AuditPage(
                    rows,
                    rows.size() < page.rows().size()
                        ? Long.valueOf(rows.get(rows.size() - 1).seq())
                        : page.next())));
  }

  private static ToolAnswer.Told told(AuditPage page) {
    var table = new TextTable("at", "principal", "action", "subject", "outcome", "detail");
    page.rows()
        .forEach(
            row ->
                table.row(
                    row.at(),
                    row.principal(),
                    row.action(),
                    row.subject(),
                    row.outcome(),
                    row.detail()));
    var text = page.rows().isEmpty() ? "No row fits.\n" : table.render();
    var more = page.next() == null ? "" : "\nOlder rows: pass before=%d.".formatted(page.next());
    return new ToolAnswer.Told(Wire.toJson(page), text + more, links(page));
  }

  /** Where the rest of the last day is. */
  private static List<ToolAnswer.Link> links(AuditPage page) {
    if (page.next() == null || page.rows().isEmpty()) {
      return List.of();
    }
    var last = page.rows().get(page.rows().size() - 1).at();
    var day = LocalDate.ofInstant(last, ZoneOffset.UTC).toString();
    return List.of(new ToolAnswer.Link("api://audit/" + day, day, "All rows of this day, UTC."));
  }
}
