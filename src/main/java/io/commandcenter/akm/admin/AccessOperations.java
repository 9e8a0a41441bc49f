package io.commandcenter.akm.admin;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.AuditCalls;
import io.commandcenter.akm.contract.AuditCalls.ListAudit;
import io.vertx.core.Future;
import java.util.Map;

/** The audit log. */
final class AccessOperations {
  private final Asking bus;

  AccessOperations(Asking bus) {
    this.bus = bus;
  }

  Map<String, Action> table() {
    return Map.of("listAudit", this::audit);
  }

  private Future<Answer> audit(AdminCall call) {
    var limit = call.number("limit");
    var page = new ListAudit(limit == null ? null : limit.intValue(), call.number("before"));
    return bus.ask(AuditCalls.LIST, page).map(Answer::ok);
  }
}
