package io.commandcenter.akm.contract;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** The usage room's call about single uses of keys. */
public final class UseCalls {
  public static final Call<ListUses, UsePage> USES =
      Call.cluster(
          "akm.usage.uses.v1",
          ListUses.class,
          UsePage.class,
          "Every attempt that these keys were used for, newest first.");

  public static final List<Call<?, ?>> ALL = List.of(USES);

  private UseCalls() {}

  /**
   * @param keyIds at most 1000
   * @param since attempts that started then or later; null for all
   * @param limit 1 to 500, 100 if null
   * @param before only uses with a smaller seq, for the next page
   */
  public record ListUses(List<String> keyIds, Instant since, Integer limit, Long before) {
    public ListUses {
      keyIds = Checks.list(keyIds, "key_ids", 1000);
      since = since == null ? Instant.EPOCH : since;
      limit = (int) Checks.range(limit == null ? 100 : limit, "limit", 1, 500);
    }
  }

  /**
   * @param next pass it as {@code before} for the next page; null at the end
   */
  public record UsePage(List<Use> rows, Long next) {
    public UsePage {
      rows = List.copyOf(rows);
    }
  }

  /**
   * @param at when the attempt started
   * @param principal the caller's token id, or null
   * @param outcome as in {@link RouterCalls.Attempt}
   */
  public record Use(
      long seq,
      Instant at,
      String keyId,
      String provider,
      String model,
      String task,
      String principal,
      String requestId,
      int attempt,
      String outcome,
      BigDecimal costUsd) {}
}
