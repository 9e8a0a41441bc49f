package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Facts;
import io.commandcenter.akm.contract.NoticeCalls;
import io.commandcenter.akm.contract.NoticeCalls.ListNotices;
import io.commandcenter.akm.contract.NoticeCalls.NoticeInfo;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What people heard of a vault: the facts, and the rows behind them. */
final class Notes {
  final List<Facts.NoticeRaised> facts = new CopyOnWriteArrayList<>();
  private final Vaults vault;

  Notes(Vaults vault) {
    this.vault = vault;
    vault.bus.hear(Facts.NOTICE_RAISED, facts::add);
  }

  /** Newest first. */
  List<NoticeInfo> rows() {
    return vault.ask(NoticeCalls.LIST, new ListNotices(500, null)).rows();
  }

  long of(String kind) {
    return rows().stream().filter(row -> row.kind().equals(kind)).count();
  }
}
