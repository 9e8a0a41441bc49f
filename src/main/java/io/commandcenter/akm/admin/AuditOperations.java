package io.commandcenter.akm.admin;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.AuditCalls;
import io.commandcenter.akm.contract.AuditCalls.ExportAudit;
import io.commandcenter.akm.contract.AuditCalls.ListAudit;
import io.commandcenter.akm.contract.AuditCalls.VerifyAudit;
import io.commandcenter.akm.contract.Wire;
import io.vertx.core.Future;
import java.util.Map;

/** The operations on the audit log. */
final class AuditOperations {
  private final Asking bus;

  AuditOperations(Asking bus) {
    this.bus = bus;
  }

  Map<String, Action> table() {
    return Map.of(
        "listAudit", this::list,
        "exportAudit", this::export,
        "verifyAudit", this::verify);
  }

  private Future<Answer> list(AdminCall call) {
    var limit = call.number("limit");
    var page =
        new ListAudit(
            limit == null ? null : limit.intValue(),
            call.number("before"),
            call.number("after"),
            call.inQuery("subject"),
            call.inQuery("principal"),
            call.inQuery("action"),
            call.inQuery("outcome"),
            call.time("since"),
            call.time("until"));
    return bus.ask(AuditCalls.LIST, page).map(Answer::ok);
  }

  // The contract knows no `by`, so this never overwrites one of the caller's.
  private Future<Answer> export(AdminCall call) {
    var request = call.body().copy().put("by", call.by().id());
    return bus.ask(AuditCalls.EXPORT, Wire.fromJson(request, ExportAudit.class)).map(Answer::ok);
  }

  private Future<Answer> verify(AdminCall call) {
    var request = call.body().copy().put("by", call.by().id());
    return bus.ask(AuditCalls.VERIFY, Wire.fromJson(request, VerifyAudit.class)).map(Answer::ok);
  }
}
