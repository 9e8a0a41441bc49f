package io.commandcenter.akm.http;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.contract.AccessCalls;
import io.commandcenter.akm.contract.AuditCalls;
import io.commandcenter.akm.contract.BudgetCalls;
import io.commandcenter.akm.contract.Call;
import io.commandcenter.akm.contract.EntryCalls;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.HealthCalls;
import io.commandcenter.akm.contract.ReadyCalls;
import io.commandcenter.akm.contract.RotationCalls;
import io.commandcenter.akm.contract.RouteRequest;
import io.commandcenter.akm.contract.RouterCalls;
import io.commandcenter.akm.contract.SealCalls;
import io.commandcenter.akm.contract.ShareCalls;
import io.commandcenter.akm.contract.TokenCounts;
import io.commandcenter.akm.contract.TrackCalls;
import io.commandcenter.akm.contract.UsageCalls;
import io.commandcenter.akm.contract.VaultCalls;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.testkit.KeyInfos;
import io.commandcenter.akm.testkit.RotationInfos;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Rooms that answer with fixed records and remember what they were asked. */
public final class FakeRooms {
  public static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  public static final VaultCalls.KeyInfo KEY =
      KeyInfos.key("key_1", "anthropic", "main", "active", 1, 1, NOW, null);
  public static final RotationCalls.RotationInfo ROTATION =
      RotationInfos.rotation("main", "canary", null, NOW);
  public static final String UNWRAPPED = "sk-ant-api03-un\"wrapped\\x9AA";
  public static final EntryCalls.EntryLink LINK =
      new EntryCalls.EntryLink(
          "ent_1", "http://127.0.0.1/entry/tok", "482-915", "anthropic", "main", NOW);

  /** The last request by address. */
  public final Map<String, Record> asked = new ConcurrentHashMap<>();

  /** Set to make a call fail. */
  public final Map<String, Failure> failing = new ConcurrentHashMap<>();

  private final Bus bus;

  public FakeRooms(Bus bus) {
    this.bus = bus;
  }

  public <Q extends Record, A extends Record> FakeRooms on(Call<Q, A> call, Function<Q, A> answer) {
    bus.serve(
        call,
        request -> {
          asked.put(call.address(), request);
          var failure = failing.get(call.address());
          return failure == null
              ? Future.succeededFuture(answer.apply(request))
              : Future.failedFuture(failure);
        });
    return this;
  }

  public <Q extends Record> Q asked(Call<Q, ?> call) {
    return call.request().cast(asked.get(call.address()));
  }

  public FakeRooms all() {
    return vault().seal().access().router().usage().ready();
  }

  public FakeRooms vault() {
    var keys = List.of(KEY);
    on(VaultCalls.LIST, q -> new VaultCalls.KeyList(keys));
    on(VaultCalls.FIND, q -> KEY);
    on(VaultCalls.SEAL, q -> KEY);
    on(VaultCalls.ADD_FROM_ENVIRONMENT, q -> KEY);
    on(EntryCalls.BEGIN_ENTRY, q -> LINK);
    on(RotationCalls.ROTATE, q -> ROTATION);
    on(RotationCalls.ROTATE_FROM_ENVIRONMENT, q -> ROTATION);
    on(RotationCalls.STATUS, q -> ROTATION);
    on(RotationCalls.LIST, q -> new RotationCalls.RotationList(List.of(ROTATION)));
    on(RotationCalls.CANCEL, q -> ROTATION);
    on(RotationCalls.ADVANCE, q -> ROTATION);
    on(
        EntryCalls.STATUS,
        q ->
            new EntryCalls.EntryStatus(
                q.entryId(), "add", "anthropic", "main", "stored", null, NOW, KEY, "valid", "ok"));
    on(
        ShareCalls.SHARE,
        q ->
            new ShareCalls.SharedKey(
                "share_1", "akmw_new", q.keyId(), "anthropic", "main", q.forToken(), NOW));
    on(
        ShareCalls.UNWRAP,
        q -> new ShareCalls.UnwrappedKey("key_1", "anthropic", 1, Secret.of(UNWRAPPED), NOW));
    on(VaultCalls.DISABLE, q -> KEY);
    on(VaultCalls.ENABLE, q -> KEY);
    on(VaultCalls.DELETE, q -> KEY);
    on(
        VaultCalls.VALIDATE,
        q -> new VaultCalls.KeyCheck(q.keyId(), "anthropic", "main", "valid", "ok", 200, 5, NOW));
    on(AuditCalls.EXPORT, q -> new AuditCalls.AuditExport(7));
    on(
        AuditCalls.VERIFY,
        q -> new AuditCalls.AuditCheck(true, 7, 0, 2, "ab", List.of(), List.of()));
    return on(
        AuditCalls.LIST,
        q ->
            new AuditCalls.AuditPage(
                List.of(new AuditCalls.AuditRow(7, NOW, "tok_1", "key.add", "key_1", "ok", "main")),
                null));
  }

  public FakeRooms seal() {
    var progress = new SealCalls.RekeyProgress("data", "running", 3, 7, null);
    on(
        SealCalls.STATUS,
        q ->
            new SealCalls.SealStatus(
                false, null, "vault_1", 2, false, List.of("file"), 5L, 1, 40L, 1L << 30));
    for (var call : List.of(SealCalls.REKEY_MASTER, SealCalls.CONFIRM, SealCalls.REKEY_DATA)) {
      on(call, q -> progress);
    }
    return on(SealCalls.PROGRESS, q -> progress);
  }

  public FakeRooms access() {
    var token = new AccessCalls.TokenInfo("tok_1", "ci", "client", "active", NOW, null, null);
    on(AccessCalls.LIST, q -> new AccessCalls.TokenList(List.of(token)));
    on(AccessCalls.REVOKE, q -> token);
    return on(
        AccessCalls.MINT,
        q -> new AccessCalls.MintedToken("tok_2", q.name(), q.scope(), null, "akm_client_new"));
  }

  public FakeRooms router() {
    on(RouterCalls.ROUTE, FakeRooms::routed);
    on(
        RouterCalls.ROUTING,
        q ->
            new RouterCalls.RoutingView(
                List.of(
                    new RouterCalls.TaskView(
                        "chat",
                        "priority",
                        List.of(new RouterCalls.TargetView("anthropic", "claude-x", 1)))),
                List.of("anthropic"),
                List.of()));
    on(
        RouterCalls.PROVIDERS,
        q ->
            new RouterCalls.ProviderList(
                List.of(provider("anthropic", true), provider("google", false))));
    return on(
        HealthCalls.STATUS,
        q ->
            new HealthCalls.HealthView(
                List.of(
                    new HealthCalls.ProviderHealth("anthropic", "up", NOW, 0, null, NOW, null))));
  }

  public FakeRooms usage() {
    on(
        UsageCalls.REPORT,
        q ->
            new UsageCalls.UsageView(
                Map.of(
                    "anthropic",
                    new UsageCalls.ProviderUsage(
                        3,
                        9,
                        new BigDecimal("6.75"),
                        new UsageCalls.RecentUsage(1, 2, new BigDecimal("2.25")))),
                new BigDecimal("6.75"),
                null,
                null,
                null,
                "USD"));
    on(
        UsageCalls.BREAKDOWN,
        q ->
            new UsageCalls.BreakdownView(
                q.by(), LocalDate.parse("2026-11-01"), LocalDate.parse("2026-11-22"), List.of()));
    on(
        UsageCalls.ESTIMATE,
        q ->
            new UsageCalls.EstimateView(
                "anthropic",
                q.model(),
                10,
                0,
                BigDecimal.ONE,
                BigDecimal.ONE,
                BigDecimal.TEN,
                "given",
                "catalogue",
                List.of()));
    on(
        BudgetCalls.SET_BUDGET,
        q ->
            new BudgetCalls.BudgetView(
                "hard",
                "2026-11",
                q.monthlyUsd(),
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                q.monthlyUsd(),
                NOW,
                "set",
                null));
    on(
        TrackCalls.TRACK,
        q ->
            new TrackCalls.Tracked(
                q.requestId(), q.provider(), q.model(), BigDecimal.ONE, "given", false, null));
    return on(
        BudgetCalls.BUDGET,
        q ->
            new BudgetCalls.BudgetView(
                "hard",
                "2026-11",
                new BigDecimal("50.00"),
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                new BigDecimal("50.00"),
                NOW,
                "file",
                null));
  }

  public FakeRooms ready() {
    for (var room :
        List.of(
            ReadyCalls.VAULT,
            ReadyCalls.ACCESS,
            ReadyCalls.ROUTER,
            ReadyCalls.HEALTH,
            ReadyCalls.USAGE,
            ReadyCalls.MCP)) {
      on(room, q -> new ReadyCalls.Ready(true, null));
    }
    return this;
  }

  private static RouterCalls.ProviderView provider(String name, boolean enabled) {
    return new RouterCalls.ProviderView(
        name,
        name,
        enabled,
        "https://" + name + ".example",
        List.of("claude-x"),
        "up",
        null,
        1,
        true,
        null,
        null,
        null);
  }

  private static RouterCalls.RouteAnswer routed(RouteRequest request) {
    var candidate =
        new RouterCalls.Candidate(
            1, "anthropic", "claude-x", "key_1", "main", "chosen", "task-target", "first", null);
    var usage = new TokenCounts(10, 2, 1, 1, 5, 3, 19, false);
    var embeds = !request.input().isEmpty();
    return new RouterCalls.RouteAnswer(
        "req_r",
        embeds ? "embeddings" : "chat",
        embeds ? null : "Hello",
        embeds ? List.of(List.of(0.5, -1.0)) : null,
        "length",
        new RouterCalls.Decision(
            "dec_1", NOW, "chat", "chat", "priority", candidate, List.of(candidate), "first"),
        List.of(
            new RouterCalls.Attempt(
                1,
                "openai",
                "gpt-x",
                "key_2",
                "overloaded",
                529,
                "busy",
                3,
                usage,
                BigDecimal.ZERO),
            new RouterCalls.Attempt(
                2,
                "anthropic",
                "claude-x",
                "key_1",
                "ok",
                200,
                "answered",
                7,
                usage,
                new BigDecimal("0.0125"))),
        usage,
        new BigDecimal("0.0125"),
        10L);
  }
}
