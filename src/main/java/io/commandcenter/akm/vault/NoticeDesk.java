package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.NoticeCalls.ListNotices;
import io.commandcenter.akm.contract.NoticeCalls.NoticeInfo;
import io.commandcenter.akm.contract.NoticeCalls.NoticePage;
import io.commandcenter.akm.contract.NoticeCalls.TestNotice;
import io.commandcenter.akm.core.crypto.RandomId;
import io.commandcenter.akm.store.AuditDetail;
import io.commandcenter.akm.store.AuditEntry;
import io.commandcenter.akm.store.AuditEntry.Action;
import io.commandcenter.akm.store.AuditStore;
import io.commandcenter.akm.store.NoticeStore;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Clock;

/** Shows the notices, and raises one that means nothing. */
final class NoticeDesk {
  private final NoticeStore store;
  private final Notices notices;
  private final AuditStore audit;
  private final Clock clock;
  private final SecureRandom random;

  NoticeDesk(VaultTools tools) {
    store = new NoticeStore(tools.setup().database());
    notices = tools.notices();
    audit = tools.audit();
    clock = tools.clock();
    random = tools.random();
  }

  Future<NoticePage> list(ListNotices ask) {
    return store.page(ask);
  }

  Future<NoticeInfo> test(TestNotice ask) {
    Plain.noKeyIn(ask.by());
    var id = RandomId.of("test_", random);
    var notice = notices.prepare("test", id, id, AuditDetail.NONE);
    return audit
        .append(AuditEntry.ok(clock.instant(), ask.by(), Action.NOTICE_TEST, id, AuditDetail.NONE))
        .compose(noted -> store.add(notice))
        .onSuccess(added -> notices.told(notice))
        .compose(added -> store.find(notice.eventId()))
        .map(found -> found.orElseThrow());
  }
}
