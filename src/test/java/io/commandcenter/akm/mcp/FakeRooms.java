package io.commandcenter.akm.mcp;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.contract.AccessCalls;
import io.commandcenter.akm.contract.AuditCalls;
import io.commandcenter.akm.contract.BudgetCalls;
import io.commandcenter.akm.contract.Call;
import io.commandcenter.akm.contract.EntryCalls;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.PanicCalls;
import io.commandcenter.akm.contract.RotationCalls;
import io.commandcenter.akm.contract.RouteRequest;
import io.commandcenter.akm.contract.RouterCalls;
import io.commandcenter.akm.contract.RouterCalls.Candidate;
import io.commandcenter.akm.contract.StatsCalls;
import io.commandcenter.akm.contract.TokenCounts;
import io.commandcenter.akm.contract.TrackCalls;
import io.commandcenter.akm.contract.UsageCalls;
import io.commandcenter.akm.contract.UseCalls;
import io.commandcenter.akm.contract.VaultCalls;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.testkit.KeyInfos;
import io.commandcenter.akm.testkit.RotationInfos;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/** The other rooms with canned answers on a real bus; keeps what it was asked. */
final class FakeRooms {
  static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  static final BigDecimal COST = new BigDecimal("0.0123");

  final List<Record> asked = new CopyOnWriteArrayList<>();
  volatile Function<RouteRequest, Future<RouterCalls.RouteAnswer>> router = FakeRooms::route;
  volatile List<KeyInfo> keys = List.of(key("main", "active"), key("old", "revoked"));
  volatile Map<String, UsageCalls.ProviderUsage> used =
      Map.of(
          "anthropic",
          new UsageCalls.ProviderUsage(
              1500,
              450_000,
              new BigDecimal("6.75"),
              new UsageCalls.RecentUsage(500, 150_000, new BigDecimal("2.25"))));
  volatile BigDecimal budget = new BigDecimal("50.00");

  volatile Function<VaultCalls.ChangeKey, Future<VaultCalls.KeyCheck>> validator =
      q -> Future.succeededFuture(check(q));
  volatile BudgetCalls.BudgetView month = MoneyFakes.month("50.00", "hard", "file");
  volatile List<AccessCalls.TokenBudget> limits = List.of();
  final Set<String> tracked = ConcurrentHashMap.newKeySet();

  volatile Supplier<EntryCalls.EntryStatus> page = () -> page("open", null);

  private final Bus bus;

  FakeRooms(Bus bus) {
    this.bus = bus;
    serve(VaultCalls.LIST, q -> new VaultCalls.KeyList(keys));
    serve(VaultCalls.ADD_FROM_ENVIRONMENT, q -> key(q.label(), "active"));
    serve(
        RotationCalls.ROTATE_FROM_ENVIRONMENT,
        q ->
            q.envVar().equals("BAD_KEY")
                ? RotationInfos.rotation(q.label(), "rolled_back", "invalid", NOON)
                : RotationInfos.rotation(q.label(), "canary", null, NOON));
    serve(EntryCalls.BEGIN_ENTRY, FakeRooms::link);
    serve(EntryCalls.STATUS, q -> page.get());
    bus.serve(
        VaultCalls.VALIDATE,
        q -> {
          asked.add(q);
          return validator.apply(q);
        });
    serve(VaultCalls.FIND, this::find);
    serve(VaultCalls.DELETE, q -> find(new VaultCalls.FindKey(q.keyId())));
    serve(PanicCalls.FREEZE, q -> MoneyFakes.frozen(q, keys));
    serve(UseCalls.USES, q -> MoneyFakes.uses());
    serve(BudgetCalls.BUDGET, q -> month);
    serve(BudgetCalls.SET_BUDGET, MoneyFakes::set);
    serve(TrackCalls.TRACK, q -> MoneyFakes.tracked(q, tracked.add(q.requestId())));
    serve(AccessCalls.SHOW, q -> MoneyFakes.token(q, limits));
    serve(UsageCalls.REPORT, q -> usage());
    serve(UsageCalls.BREAKDOWN, FakeRooms::breakdown);
    serve(StatsCalls.STATS, FakeRooms::stats);
    serve(UsageCalls.ESTIMATE, FakeRooms::estimate);
    serve(AuditCalls.LIST, FakeRooms::audit);
    serve(RouterCalls.DECISION, FakeRooms::decision);
    serve(RouterCalls.PROVIDERS, q -> providers());
    serve(RouterCalls.ROUTING, q -> routing());
    bus.serve(
        RouterCalls.ROUTE,
        q -> {
          asked.add(q);
          return router.apply(q);
        });
  }

  private <Q extends Record, A extends Record> void serve(Call<Q, A> call, Function<Q, A> answer) {
    bus.serve(
        call,
        q -> {
          asked.add(q);
          return Future.succeededFuture(answer.apply(q));
        });
  }

  private KeyInfo find(VaultCalls.FindKey q) {
    return keys.stream()
        .filter(key -> key.keyId().equals(q.keyId()))
        .findFirst()
        .orElseThrow(() -> Failure.notFound("no key has this id; list the keys, then name one"));
  }

  static KeyInfo key(String label, String state) {
    return KeyInfos.key("key_" + label, "anthropic", label, state, 1, 1, NOON, null);
  }

  /** A page of which this has become. */
  static EntryCalls.EntryStatus page(String state, String reason) {
    boolean stored = state.equals("stored");
    return new EntryCalls.EntryStatus(
        "ent_1",
        "add",
        "anthropic",
        "main",
        state,
        reason,
        NOON,
        stored ? key("main", "active") : null,
        stored ? "valid" : null,
        stored ? "the provider takes it" : null);
  }

  private static EntryCalls.EntryLink link(EntryCalls.BeginEntry q) {
    if (q.provider().equals("nobody")) {
      throw new Failure(
          io.commandcenter.akm.contract.Code.UNKNOWN_PROVIDER,
          "no provider of this name; known are anthropic, openai");
    }
    return new EntryCalls.EntryLink(
        "ent_1", "http://127.0.0.1/enter/tok", "482-915", q.provider(), q.label(), NOON);
  }

  static VaultCalls.KeyCheck check(VaultCalls.ChangeKey q) {
    return new VaultCalls.KeyCheck(
        q.keyId(), "anthropic", "main", "valid", "the provider takes it", 200, 12, NOON);
  }

  private UsageCalls.UsageView usage() {
    return new UsageCalls.UsageView(
        used,
        new BigDecimal("6.75"),
        budget,
        budget == null ? null : new BigDecimal("43.25"),
        budget == null ? null : "2026-11",
        "USD");
  }

  private static UsageCalls.BreakdownView breakdown(UsageCalls.Breakdown q) {
    var day = LocalDate.parse("2026-11-20");
    return new UsageCalls.BreakdownView(
        q.by(),
        q.from() == null ? day : q.from(),
        q.to() == null ? day : q.to(),
        List.of(
            new UsageCalls.BreakdownRow(
                q.by().equals("day") ? null : "anthropic",
                q.by().equals("model") ? "claude" : null,
                q.by().equals("day") ? day : null,
                3,
                1,
                10,
                0,
                0,
                20,
                30,
                COST)));
  }

  private static StatsCalls.StatsView stats(StatsCalls.ShowStats q) {
    var row =
        new StatsCalls.StatsRow(
            "openai",
            "task".equals(q.by()) ? "gpt" : q.model(),
            null,
            12,
            9,
            2,
            Map.of("timeout", 1L),
            0.9,
            120L,
            900L,
            600,
            400,
            1000,
            COST,
            COST,
            true,
            NOON);
    return new StatsCalls.StatsView("24h", "provider", NOON, NOON, List.of(row), 3);
  }

  private static UsageCalls.EstimateView estimate(UsageCalls.Estimate q) {
    return new UsageCalls.EstimateView(
        "anthropic",
        q.model(),
        1000,
        500,
        COST,
        BigDecimal.ONE,
        BigDecimal.TEN,
        "given",
        "catalogue",
        List.of("a note"));
  }

  private static AuditCalls.AuditPage audit(AuditCalls.ListAudit q) {
    var row = new AuditCalls.AuditRow(7, NOON, "tok_1", "key.lease", "key_main", "ok", "version=1");
    return "nobody".equals(q.principal())
        ? new AuditCalls.AuditPage(List.of(), null)
        : new AuditCalls.AuditPage(List.of(row), 7L);
  }

  private static RouterCalls.DecisionView decision(RouterCalls.ShowDecision q) {
    if (q.decisionId().equals("dec_gone")) {
      throw Failure.notFound("no such decision is kept: the last 10,000 are");
    }
    var failed =
        new RouterCalls.Attempt(
            1, "openai", "gpt", "key_1", "timeout", null, "no answer in time", 900, null, COST);
    var answer = route(request("chat", "Hi")).result();
    var attempts = List.of(failed, answer.attempts().get(0));
    return new RouterCalls.DecisionView("req_1", "tok_1", answer.decision(), attempts, COST);
  }

  private static RouteRequest request(String task, String prompt) {
    return new RouteRequest(
        task, null, null, null, prompt, null, null, null, null, null, null, null, null, null);
  }

  private static RouterCalls.ProviderList providers() {
    return new RouterCalls.ProviderList(
        List.of(
            new RouterCalls.ProviderView(
                "openai",
                "openai",
                true,
                "https://api.openai.com",
                List.of("gpt"),
                "up",
                null,
                0,
                true,
                60,
                60,
                null)));
  }

  private static RouterCalls.RoutingView routing() {
    var target = new RouterCalls.TargetView("anthropic", null, 1);
    return new RouterCalls.RoutingView(
        List.of(new RouterCalls.TaskView("chat", "priority", List.of(target))),
        List.of("anthropic"),
        List.of());
  }

  static Future<RouterCalls.RouteAnswer> route(RouteRequest q) {
    var chosen =
        new Candidate(
            1, "anthropic", "claude", "key_main", "main", "chosen", "task-target", "first", COST);
    var passed =
        new Candidate(
            null, "openai", "gpt", null, null, "excluded", "no-key", "it has no key", null);
    var decision =
        new RouterCalls.Decision(
            "dec_1",
            NOON,
            "chat",
            "chat",
            "priority",
            chosen,
            List.of(chosen, passed),
            "Takes it.");
    if (q.decisionOnly()) {
      return Future.succeededFuture(
          new RouterCalls.RouteAnswer(
              "req_1", "chat", null, null, null, decision, List.of(), null, null, null));
    }
    var tokens = new TokenCounts(10, 0, 0, 0, 20, 0, 30, false);
    var attempt =
        new RouterCalls.Attempt(
            1, "anthropic", "claude", "key_main", "ok", 200, null, 40, tokens, COST);
    boolean embeds = !q.input().isEmpty();
    return Future.succeededFuture(
        new RouterCalls.RouteAnswer(
            "req_1",
            embeds ? "embeddings" : "chat",
            embeds ? null : "Hello.",
            embeds ? List.of(List.of(0.1, 0.2)) : null,
            "stop",
            decision,
            List.of(attempt),
            tokens,
            COST,
            40L));
  }
}
