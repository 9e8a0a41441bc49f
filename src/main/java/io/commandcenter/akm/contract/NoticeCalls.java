package io.commandcenter.akm.contract;

import java.time.Instant;
import java.util.List;

/** What people must hear of: read again, and tried out. */
public final class NoticeCalls {
  public static final Call<ListNotices, NoticePage> LIST =
      Call.cluster(
          "akm.vault.notices.v1",
          ListNotices.class,
          NoticePage.class,
          "The notices, newest first.",
          Code.SEALED);
  public static final Call<TestNotice, NoticeInfo> TEST =
      Call.cluster(
          "akm.vault.test-notice.v1",
          TestNotice.class,
          NoticeInfo.class,
          "Raises a notice that means nothing, to see where it arrives.",
          Code.SEALED,
          Code.KEY_IN_ARGUMENT);

  public static final List<Call<?, ?>> ALL = List.of(LIST, TEST);

  private NoticeCalls() {}

  /**
   * @param limit 1 to 500, 50 if null
   * @param before only notices with a smaller seq, for the next page
   */
  public record ListNotices(Integer limit, Long before) {
    public ListNotices {
      limit = (int) Checks.range(limit == null ? 50 : limit, "limit", 1, 500);
    }
  }

  /**
   * @param next pass it as {@code before} for the next page; null at the end
   */
  public record NoticePage(List<NoticeInfo> rows, Long next) {
    public NoticePage {
      rows = List.copyOf(rows);
    }
  }

  /**
   * @param eventId the same wherever this notice is told
   * @param kind for example key-expiring, key-expired, decoy-used or test
   * @param subject the key's, token's or rotation's id
   * @param detail allow-listed text, as in an audit row
   * @param delivery unsent (no webhook is configured), pending, delivered or failed
   * @param attempts to deliver it, so far
   */
  public record NoticeInfo(
      long seq,
      String eventId,
      String kind,
      String subject,
      String detail,
      Instant at,
      String delivery,
      int attempts) {}

  public record TestNotice(String by) {
    public TestNotice {
      Checks.text(by, "by", 128);
    }
  }
}
