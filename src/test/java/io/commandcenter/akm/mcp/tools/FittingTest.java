package io.commandcenter.akm.mcp.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.AuditCalls.AuditPage;
import io.commandcenter.akm.contract.AuditCalls.AuditRow;
import io.commandcenter.akm.contract.Call;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.Principal;
import io.commandcenter.akm.contract.RouterCalls.ProviderList;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.contract.StatsCalls.StatsRow;
import io.commandcenter.akm.contract.StatsCalls.StatsView;
import io.commandcenter.akm.contract.UsageCalls.BreakdownRow;
import io.commandcenter.akm.contract.UsageCalls.BreakdownView;
import io.commandcenter.akm.contract.UsageCalls.UsageView;
import io.commandcenter.akm.contract.VaultCalls.KeyList;
import io.commandcenter.akm.testkit.KeyInfos;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** No answer is larger than a model can use; what is left out can be asked for. */
class FittingTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final LocalDate DAY = LocalDate.parse("2026-11-22");

  private final Map<Class<?>, Record> answers = new HashMap<>();

  private final Asking bus =
      new Asking() {
        @Override
        public <Q extends Record, A extends Record> Future<A> ask(Call<Q, A> call, Q request) {
          return Future.succeededFuture(call.answer().cast(answers.get(call.answer())));
        }
      };

  private ToolAnswer.Told told(Tool tool, JsonObject arguments) {
    var principal = new Principal("tok_1", "test", Scope.ADMIN);
    var answer = tool.call(new ToolCall(arguments, principal, null, null));
    if (answer.failed()) {
      throw (RuntimeException) answer.cause();
    }
    return (ToolAnswer.Told) answer.result();
  }

  private static void assertFits(ToolAnswer.Told told) {
    int bytes = (told.structured().encode() + told.text()).getBytes(StandardCharsets.UTF_8).length;
    assertTrue(bytes <= Fitting.MOST_BYTES, bytes + " bytes");
  }

  private void audit(int rows, String detail) {
    answers.put(
        AuditPage.class,
        new AuditPage(
            LongStream.range(0, rows)
                .mapToObj(
                    i -> new AuditRow(1000 - i, NOON, "tok", "key.lease", "key", "ok", detail))
                .toList(),
            1000L - rows + 1));
  }

  /** Seen failing with the size not looked at. */
  @Test
  void longAuditRowsComeOnMorePages() {
    audit(200, "label=" + "x".repeat(600));
    var told = told(new GetAuditLog(bus), new JsonObject().put("limit", 200));
    assertFits(told);
    int rows = told.structured().getJsonArray("rows").size();
    assertTrue(rows > 20 && rows < 200, rows + " rows");
    assertEquals(1000L - rows + 1, told.structured().getLong("next"));
    assertTrue(told.text().contains("pass before=" + (1000 - rows + 1)));
    assertEquals("api://audit/2026-11-22", told.links().get(0).uri());
  }

  @Test
  void whatFitsComesAsItIs() {
    audit(50, "label=main");
    var told = told(new GetAuditLog(bus), new JsonObject());
    assertEquals(50, told.structured().getJsonArray("rows").size());
    assertEquals(951, told.structured().getLong("next"));
  }

  private ToolAnswer.Told usage(Integer after) {
    answers.put(UsageView.class, new UsageView(Map.of(), BigDecimal.ZERO, null, null, null, "USD"));
    answers.put(
        BreakdownView.class,
        new BreakdownView(
            "model",
            DAY,
            DAY,
            IntStream.range(0, 450)
                .mapToObj(
                    i -> new BreakdownRow("p", "m" + i, null, 1, 0, 1, 0, 0, 1, 2, BigDecimal.ONE))
                .toList()));
    var asked = new JsonObject().put("by", "model");
    return told(new GetUsage(bus), after == null ? asked : asked.put("after", after));
  }

  /** Seen failing with the rows not counted, and with those that were passed over not. */
  @Test
  void aLongBreakdownComesInPages() {
    int seen = 0;
    Integer next = null;
    int pages = 0;
    do {
      var told = usage(next);
      assertFits(told);
      var breakdown = told.structured().getJsonObject("breakdown");
      var rows = breakdown.getJsonArray("rows");
      assertTrue(rows.size() <= Fitting.MOST_ROWS);
      assertEquals("m" + seen, rows.getJsonObject(0).getString("model"));
      seen += rows.size();
      next = breakdown.getInteger("next");
      assertEquals(next == null, told.links().isEmpty());
      pages++;
    } while (next != null);
    assertEquals(450, seen);
    assertTrue(pages >= 3);
  }

  @Test
  void statisticsSayWhatTheyLeaveOut() {
    var row =
        new StatsRow(
            "p",
            "m".repeat(200),
            "t",
            1,
            1,
            0,
            Map.of(),
            1.0,
            1L,
            1L,
            1,
            1,
            2,
            BigDecimal.ONE,
            BigDecimal.ONE,
            false,
            NOON);
    var rows = IntStream.range(0, 200).mapToObj(i -> row).toList();
    answers.put(StatsView.class, new StatsView("24h", "task", NOON, NOON, rows, 7));
    answers.put(ProviderList.class, new ProviderList(List.of()));
    var told = told(new GetProviderStats(bus), new JsonObject());
    assertFits(told);
    int shown = told.structured().getJsonArray("rows").size();
    assertEquals(207, shown + told.structured().getInteger("left_out"));
  }

  @Test
  void checksNoMoreThanTwoHundredKeysAtOnce() {
    answers.put(
        KeyList.class,
        new KeyList(
            IntStream.range(0, 201)
                .mapToObj(i -> KeyInfos.key("key_" + i, "p", "l" + i, "active", 1, 1, NOON, null))
                .toList()));
    var failure =
        assertThrows(
            Failure.class, () -> told(new ValidateKey(bus), new JsonObject().put("provider", "p")));
    assertEquals(Code.TOO_LARGE, failure.code());
    assertFalse(failure.detail().isBlank());
  }
}
