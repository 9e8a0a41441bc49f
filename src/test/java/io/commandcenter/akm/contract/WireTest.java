package io.commandcenter.akm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.UsageCalls.ProviderUsage;
import io.commandcenter.akm.contract.UsageCalls.RecentUsage;
import io.commandcenter.akm.contract.UsageCalls.UsageView;
import io.commandcenter.akm.contract.VaultCalls.KeyCheck;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WireTest {
  @Test
  void writesTheUsageShapeToTheLetter() {
    var view =
        new UsageView(
            Map.of(
                "anthropic",
                new ProviderUsage(
                    1500,
                    450_000,
                    new BigDecimal("6.75"),
                    new RecentUsage(500, 150_000, new BigDecimal("2.25")))),
            new BigDecimal("13.95"),
            new BigDecimal("50.00"),
            new BigDecimal("36.05"),
            "2026-11",
            "USD");

    assertEquals(
        "{\"providers\":{\"anthropic\":{\"total_requests\":1500,\"total_tokens\":450000,\"estimated_cost\":6.75,"
            + "\"last_30_days\":{\"requests\":500,\"tokens\":150000,\"cost\":2.25}}},\"total_cost\":13.95,"
            + "\"budget_limit\":50.00,\"budget_remaining\":36.05,\"budget_period\":\"2026-11\",\"currency\":\"USD\"}",
        Wire.toJson(view).encode());
  }

  @Test
  void instantsAreIsoTextAndNullsAreAbsent() {
    var json =
        Wire.toJson(
            new KeyCheck(
                "key_1",
                "openai",
                "main",
                "valid",
                "ok",
                null,
                12,
                Instant.parse("2026-11-22T10:00:00Z")));

    assertEquals("2026-11-22T10:00:00Z", json.getString("checked_at"));
    assertFalse(json.containsKey("http_status"));
  }

  @Test
  void readsBackWhatItWrote() {
    var check =
        new KeyCheck(
            "key_1",
            "openai",
            "main",
            "valid",
            "ok",
            200,
            12,
            Instant.parse("2026-11-22T10:00:00Z"));

    assertEquals(check, Wire.fromJson(Wire.toJson(check), KeyCheck.class));
  }

  @Test
  void aWrongTypeIsNamedButItsValueIsNotRepeated() {
    var json = new JsonObject().put("max_output_tokens", "sk-secret-value");

    var refused = assertThrows(Failure.class, () -> Wire.fromJson(json, RouteRequest.class));

    assertTrue(refused.detail().contains("max_output_tokens"), refused.detail());
    assertFalse(refused.detail().contains("sk-secret"), refused.detail());
  }

  @Test
  void anUnknownMemberInsideAListIsRefusedWithItsPlace() {
    var json =
        new JsonObject()
            .put(
                "messages",
                new JsonArray()
                    .add(
                        new JsonObject()
                            .put("role", "user")
                            .put("content", "hi")
                            .put("txt", "hi")));

    var refused = assertThrows(Failure.class, () -> Wire.fromJson(json, RouteRequest.class));

    assertTrue(refused.detail().contains("messages.[0]"), refused.detail());
    assertTrue(refused.detail().contains("content"), refused.detail());
  }

  @Test
  void aRecordsOwnRefusalIsKept() {
    var json = new JsonObject().put("prompt", "a").put("input", new JsonArray().add("b"));

    var refused = assertThrows(Failure.class, () -> Wire.fromJson(json, RouteRequest.class));

    assertEquals("give only one of `prompt`, `messages` and `input`", refused.detail());
  }
}
