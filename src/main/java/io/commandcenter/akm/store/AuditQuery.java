package io.commandcenter.akm.store;

import io.commandcenter.akm.contract.AuditCalls.ListAudit;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** The question for one page of the log: fixed words, every value bound. */
final class AuditQuery {
  private final List<String> conditions = new ArrayList<>();
  private final Tuple values = Tuple.tuple();
  private final boolean oldestFirst;

  AuditQuery(ListAudit ask) {
    oldestFirst = ask.after() != null;
    and("seq < ?", ask.before());
    and("seq > ?", ask.after());
    and("subject = ?", ask.subject());
    and("principal = ?", ask.principal());
    action(ask.action());
    and("outcome = ?", ask.outcome());
    and("at >= ?", Millis.of(ask.since()));
    and("at < ?", Millis.of(ask.until()));
    values.addInteger(ask.limit());
  }

  private void and(String condition, Object value) {
    if (value != null) {
      conditions.add(condition);
      values.addValue(value);
    }
  }

  /** {@code key.} is every action that begins so: a range of the index, and no wildcards. */
  private void action(String action) {
    if (action == null || !action.endsWith(".")) {
      and("action = ?", action);
      return;
    }
    and("action >= ?", action);
    // The character after the dot.
    and("action < ?", action.substring(0, action.length() - 1) + "/");
  }

  String sql() {
    return "select seq, at, principal, action, subject, outcome, detail from audit"
        + (conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions))
        + (oldestFirst ? " order by seq" : " order by seq desc")
        + " limit ?";
  }

  Tuple values() {
    return values;
  }
}
