package io.commandcenter.akm.mcp.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.AuditCalls;
import io.commandcenter.akm.contract.RouterCalls;
import io.commandcenter.akm.contract.StatsCalls;
import io.commandcenter.akm.contract.TokenCounts;
import io.commandcenter.akm.contract.UsageCalls;
import io.commandcenter.akm.contract.VaultCalls;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The output schemas know every member of the contract's records: they are closed objects. */
class SchemasTest {
  private static Map<?, ?> output(String tool) {
    return Tools.all(SomeNeeds.with(null)).stream()
        .map(Tool::card)
        .filter(card -> card.name().equals(tool))
        .findFirst()
        .orElseThrow()
        .output()
        .json();
  }

  private static Map<?, ?> at(Map<?, ?> schema, String... path) {
    var here = schema;
    for (var step : path) {
      here = (Map<?, ?>) here.get(step);
    }
    return here;
  }

  private static void assertSame(Class<? extends Record> type, Map<?, ?> schema) {
    assertEquals(members(type), ((Map<?, ?>) schema.get("properties")).keySet());
  }

  private static Set<String> members(Class<? extends Record> type) {
    return Arrays.stream(type.getRecordComponents())
        .map(component -> component.getName())
        .map(name -> name.replaceAll("[A-Z]", "_$0").toLowerCase(Locale.ROOT))
        .map(name -> name.equals("last30_days") ? "last_30_days" : name)
        .collect(Collectors.toSet());
  }

  @Test
  void ofRouting() {
    var answer = output("route_request");
    var decision = at(answer, "properties", "decision");
    assertSame(RouterCalls.RouteAnswer.class, answer);
    assertSame(RouterCalls.Decision.class, decision);
    assertSame(RouterCalls.Candidate.class, at(decision, "properties", "chosen"));
    assertSame(RouterCalls.Attempt.class, at(answer, "properties", "attempts", "items"));
    assertSame(TokenCounts.class, at(answer, "properties", "usage"));
  }

  @Test
  void ofStatistics() {
    var stats = output("get_provider_stats");
    var expected = members(StatsCalls.StatsView.class);
    expected.add("providers");
    assertEquals(expected, at(stats, "properties").keySet());
    assertSame(StatsCalls.StatsRow.class, at(stats, "properties", "rows", "items"));
  }

  @Test
  void ofDecisions() {
    assertSame(RouterCalls.DecisionView.class, output("explain_decision"));
  }

  @Test
  void ofUsage() {
    var usage = output("get_usage");
    var expected = members(UsageCalls.UsageView.class);
    expected.add("breakdown");
    assertEquals(expected, at(usage, "properties").keySet());
    assertSame(
        UsageCalls.ProviderUsage.class,
        at(usage, "properties", "providers", "additionalProperties"));
    var paged = members(UsageCalls.BreakdownView.class);
    paged.add("next");
    assertEquals(paged, at(usage, "properties", "breakdown", "properties").keySet());
    assertSame(
        UsageCalls.BreakdownRow.class,
        at(usage, "properties", "breakdown", "properties", "rows", "items"));
  }

  @Test
  void ofEstimatesAndChecks() {
    assertSame(UsageCalls.EstimateView.class, output("estimate_cost"));
    assertSame(
        VaultCalls.KeyCheck.class, at(output("validate_key"), "properties", "checks", "items"));
  }

  @Test
  void ofTheAuditLog() {
    var page = output("get_audit_log");
    assertSame(AuditCalls.AuditPage.class, page);
    assertSame(AuditCalls.AuditRow.class, at(page, "properties", "rows", "items"));
  }

  @Test
  void haveUniqueNames() {
    var cards = Tools.all(SomeNeeds.with(null)).stream().map(Tool::card).toList();
    var ids =
        cards.stream()
            .flatMap(card -> java.util.stream.Stream.of(card.input(), card.output()))
            .map(schema -> schema.json().get("$id"))
            .collect(Collectors.toSet());
    assertEquals(2 * cards.size(), ids.size());
  }

  @Test
  void offerNoPlaceForAKey() {
    for (var tool : Tools.all(SomeNeeds.with(null))) {
      assertTrue(
          tool.card().input().names().stream()
              .noneMatch(Set.of("key", "api_key", "secret")::contains));
    }
  }
}
