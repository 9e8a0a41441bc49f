package io.commandcenter.akm.mcp.resources;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.AuditCalls;
import io.commandcenter.akm.contract.AuditCalls.AuditPage;
import io.commandcenter.akm.contract.AuditCalls.ListAudit;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.contract.Wire;
import io.vertx.core.Future;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/** The audit log of one UTC day. */
final class AuditDayResource implements Resource {
  private static final int MOST = 500;
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Card CARD =
      new Card(
          Uris.AUDIT_DAY,
          "audit-day",
          "Audit log of one day",
          "Who did what with keys, tokens and the vault on one UTC day, like 2026-11-22: the newest"
              + " 500 rows. Older ones: get_audit_log.",
          Scope.OPERATOR);

  private final Asking bus;
  private final InstantSource clock;

  AuditDayResource(Asking bus, InstantSource clock) {
    this.bus = bus;
    this.clock = clock;
  }

  @Override
  public Card card() {
    return CARD;
  }

  @Override
  public Future<Document> read(Reading reading) {
    var day = day(reading.variables().get("day"));
    return bus.ask(AuditCalls.LIST, rowsOf(day))
        .map(
            page ->
                new Document(
                    Wire.toJson(page).put("day", day.toString()).put("more", page.next() != null),
                    markdown(day, page)));
  }

  private LocalDate day(String text) {
    var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    try {
      var day = DAY.matcher(text).matches() ? LocalDate.parse(text) : null;
      if (day != null && !day.isAfter(today)) {
        return day;
      }
    } catch (DateTimeException e) {
      // Like 2026-02-30: answered as the others are.
    }
    throw Failure.notFound("there are UTC days like " + today + ", which is the newest");
  }

  private static ListAudit rowsOf(LocalDate day) {
    return new ListAudit(
        MOST, null, null, null, null, null, null, start(day), start(day.plusDays(1)));
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static String markdown(LocalDate day, AuditPage page) {
    var text = new Markdown("Audit log of " + day + " (UTC)");
    if (page.rows().isEmpty()) {
      return text.say("Nothing was done on this day. get_audit_log looks at other days.").render();
    }
    text.table(
        ">seq,at,principal,action,subject,outcome,detail",
        page.rows().stream()
            .map(
                row ->
                    new Object[] {
                      Long.toString(row.seq()),
                      row.at(),
                      row.principal(),
                      row.action(),
                      row.subject(),
                      row.outcome(),
                      row.detail()
                    }));
    if (page.next() != null) {
      text.say(
          "These are the newest %d rows; there are older ones. Next: get_audit_log with before=%d and since=%s."
              .formatted(page.rows().size(), page.next(), start(day)));
    }
    return text.render();
  }
}
