package io.commandcenter.akm.admin;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.BackupCalls;
import io.commandcenter.akm.contract.BackupCalls.BackupFile;
import io.commandcenter.akm.contract.BackupCalls.EndBackup;
import io.commandcenter.akm.contract.BackupCalls.MakeBackup;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** Sends a backup's file, never more of it in memory than the client takes. */
final class BackupDownload {
  private final Asking bus;

  BackupDownload(Asking bus) {
    this.bus = bus;
  }

  /** Ends when the file is sent or the client has left; either way the file is gone. */
  Future<Void> send(RoutingContext rc, String by) {
    return bus.ask(BackupCalls.MAKE, new MakeBackup(by))
        .compose(
            made ->
                send(rc, made)
                    .eventually(() -> bus.ask(BackupCalls.END, new EndBackup(made.backupId()))));
  }

  private static Future<Void> send(RoutingContext rc, BackupFile made) {
    var response = rc.response();
    if (response.closed()) {
      return Future.succeededFuture();
    }
    return response
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/zip")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader(
            HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + made.fileName() + "\"")
        .sendFile(made.path())
        // A file that ends too early must not look like a whole one.
        .onFailure(broken -> rc.request().connection().close());
  }
}
