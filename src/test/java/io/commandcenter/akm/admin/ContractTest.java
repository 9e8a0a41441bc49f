package io.commandcenter.akm.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.commandcenter.akm.contract.AccessCalls;
import io.commandcenter.akm.contract.AuditCalls;
import io.commandcenter.akm.contract.BudgetCalls;
import io.commandcenter.akm.contract.DecoyCalls;
import io.commandcenter.akm.contract.EntryCalls;
import io.commandcenter.akm.contract.HealthCalls;
import io.commandcenter.akm.contract.KeyCalls;
import io.commandcenter.akm.contract.NoticeCalls;
import io.commandcenter.akm.contract.PanicCalls;
import io.commandcenter.akm.contract.RouteRequest;
import io.commandcenter.akm.contract.RouterCalls;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.contract.ShareCalls;
import io.commandcenter.akm.contract.StatsCalls;
import io.commandcenter.akm.contract.TokenCounts;
import io.commandcenter.akm.contract.TokenLimits;
import io.commandcenter.akm.contract.TrackCalls;
import io.commandcenter.akm.contract.UsageCalls;
import io.commandcenter.akm.contract.UseCalls;
import io.commandcenter.akm.contract.VaultCalls;
import io.commandcenter.akm.http.Listening;
import io.commandcenter.akm.http.Tokens;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContractTest {
  private static Listening server;
  private static Contract contract;

  @BeforeAll
  static void load() {
    server = new Listening();
    contract = Listening.await(Contract.load(server.vertx));
    server.startLoaded((vertx, bus) -> AdminSurface.load(vertx, bus, server.config).map(List::of));
  }

  @AfterAll
  static void close() {
    server.close();
  }

  record Endpoint(HttpMethod method, String path, Scope scope) {}

  static Stream<Endpoint> endpoints() {
    return contract.api().operations().stream()
        .map(
            operation ->
                new Endpoint(
                    operation.getHttpMethod(),
                    operation.getAbsoluteOpenAPIPath().replaceAll("\\{\\w+}", "x_1"),
                    Scope.ofSlug(operation.getOpenAPIModel().getString("x-akm-scope"))));
  }

  private static int status(Endpoint endpoint, String token) {
    return Listening.await(server.request(endpoint.method(), endpoint.path(), token).send())
        .statusCode();
  }

  @ParameterizedTest
  @MethodSource("endpoints")
  void letsNobodyInWithoutTheScope(Endpoint endpoint) {
    assertEquals(401, status(endpoint, null));
    for (var scope : Scope.values()) {
      var allowed = scope.includes(endpoint.scope());
      assertEquals(!allowed, status(endpoint, Tokens.of(scope)) == 403, scope.slug());
    }
  }

  @ParameterizedTest
  @MethodSource("endpoints")
  void letsNobodyInWithAWrongOrExpiredToken(Endpoint endpoint) {
    // 429 is the throttle's word for the same refusal.
    assertTrue(Set.of(401, 429).contains(status(endpoint, Tokens.EXPIRED)));
    assertTrue(Set.of(401, 429).contains(status(endpoint, "akm_admin_wrong")));
  }

  @Test
  void givesKeysAuditAndTokensToTheScopesThatMayHaveThem() {
    var scopes =
        endpoints()
            .collect(
                Collectors.groupingBy(
                    Endpoint::scope, Collectors.mapping(Endpoint::path, Collectors.toSet())));
    assertTrue(
        scopes.get(Scope.ADMIN).stream()
            .allMatch(p -> p.matches("/api/v1/(tokens|vault|backup|budget)(/.*)?")));
    assertTrue(
        scopes.get(Scope.OPERATOR).stream()
            .allMatch(
                p -> p.matches("/api/v1/(keys|rotations|entries|audit|panic|notices)(/.*)?")));
    assertEquals(
        Set.of("/api/v1/route", "/api/v1/unwrap", "/api/v1/tokens/children", "/api/v1/usage"),
        scopes.get(Scope.CLIENT));
  }

  @Test
  void refusesToStartWithoutAHandlerForAnOperation() {
    var fault =
        assertThrows(
            IllegalStateException.class,
            () ->
                new AdminSurface(
                    server.vertx, contract, Map.of(), new BackupDownload(null), server.config));
    assertTrue(fault.getMessage().startsWith("operations without a handler: [addDecoy, addKey, "));
  }

  @Test
  void refusesToStartWithAnOperationThatDeclaresNoScope() {
    var text = contract.text().replaceFirst("x-akm-scope: read-only", "x-other: 1");
    var fault =
        assertThrows(
            IllegalStateException.class,
            () ->
                Listening.await(
                    Contract.of(server.vertx, text)
                        .map(
                            open ->
                                new AdminSurface(
                                    server.vertx,
                                    open,
                                    Map.of(),
                                    new BackupDownload(null),
                                    server.config))));
    assertEquals("operation listProviders declares no x-akm-scope", fault.getMessage());
  }

  static Stream<Class<?>> records() {
    return Stream.of(
        VaultCalls.KeyList.class,
        VaultCalls.KeyInfo.class,
        KeyCalls.KeyChecks.class,
        DecoyCalls.MintedDecoy.class,
        PanicCalls.FreezeList.class,
        PanicCalls.FreezeInfo.class,
        PanicCalls.Thawed.class,
        PanicCalls.LeasePage.class,
        PanicCalls.LeaseUse.class,
        UseCalls.UsePage.class,
        UseCalls.Use.class,
        NoticeCalls.NoticePage.class,
        NoticeCalls.NoticeInfo.class,
        EntryCalls.EntryLink.class,
        EntryCalls.EntryStatus.class,
        ShareCalls.SharedKey.class,
        VaultCalls.KeyCheck.class,
        AuditCalls.AuditPage.class,
        AuditCalls.AuditRow.class,
        AuditCalls.AuditExport.class,
        AuditCalls.AuditCheck.class,
        AuditCalls.AuditNode.class,
        AuditCalls.AuditFinding.class,
        RouterCalls.ProviderList.class,
        RouterCalls.ProviderView.class,
        RouterCalls.RoutingView.class,
        RouterCalls.TaskView.class,
        RouterCalls.TargetView.class,
        RouterCalls.RouteAnswer.class,
        RouterCalls.Decision.class,
        RouterCalls.Candidate.class,
        RouterCalls.Attempt.class,
        RouterCalls.Message.class,
        TokenCounts.class,
        UsageCalls.UsageView.class,
        UsageCalls.ProviderUsage.class,
        UsageCalls.RecentUsage.class,
        UsageCalls.BreakdownView.class,
        StatsCalls.StatsView.class,
        StatsCalls.StatsRow.class,
        UsageCalls.BreakdownRow.class,
        UsageCalls.Estimate.class,
        UsageCalls.EstimateView.class,
        BudgetCalls.BudgetView.class,
        TrackCalls.Tracked.class,
        HealthCalls.HealthView.class,
        HealthCalls.ProviderHealth.class,
        AccessCalls.TokenList.class,
        AccessCalls.TokenInfo.class,
        AccessCalls.TokenBudget.class,
        AccessCalls.TokenView.class,
        AccessCalls.RotatedToken.class,
        TokenLimits.class,
        AccessCalls.MintedToken.class);
  }

  @ParameterizedTest
  @MethodSource("records")
  void describesEveryRecordAsItIs(Class<?> type) {
    assertEquals(members(type), described(type.getSimpleName()));
  }

  @Test
  void describesTheUnwrappedKeyWithTheKeyItself() {
    var expected = members(ShareCalls.UnwrappedKey.class);
    expected.remove("secret");
    expected.add("key");
    assertEquals(expected, described("UnwrappedKey"));
  }

  @Test
  void describesATrackedRequestWithoutItsCaller() {
    var expected = members(TrackCalls.Track.class);
    expected.removeAll(Set.of("principal", "limits"));
    assertEquals(expected, described("Track"));
  }

  @Test
  void describesABudgetWithoutWhoSetsIt() {
    var expected = members(BudgetCalls.SetBudget.class);
    expected.remove("by");
    assertEquals(expected, described("SetBudget"));
  }

  @Test
  void describesARouteRequestWithoutWhatTheServerAdds() {
    var expected = members(RouteRequest.class);
    expected.removeAll(Set.of("principal", "grant", "call_id"));
    assertEquals(expected, described("RouteRequest"));
  }

  private static Set<String> described(String schema) {
    return new TreeSet<>(
        contract
            .document()
            .getJsonObject("components")
            .getJsonObject("schemas")
            .getJsonObject(schema, new JsonObject())
            .getJsonObject("properties", new JsonObject())
            .fieldNames());
  }

  private static Set<String> members(Class<?> type) {
    var snake = new PropertyNamingStrategies.SnakeCaseStrategy();
    return Stream.of(type.getRecordComponents())
        .map(RecordComponent::getName)
        .map(snake::translate)
        // Named on the record itself: the strategy would write last30_days.
        .map(name -> name.equals("last30_days") ? "last_30_days" : name)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
