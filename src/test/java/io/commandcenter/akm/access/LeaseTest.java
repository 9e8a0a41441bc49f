package io.commandcenter.akm.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.AccessCalls;
import io.commandcenter.akm.contract.AccessCalls.LeaseToken;
import io.commandcenter.akm.contract.AccessCalls.ListTokens;
import io.commandcenter.akm.contract.AccessCalls.MintToken;
import io.commandcenter.akm.contract.AccessCalls.MintedToken;
import io.commandcenter.akm.contract.AccessCalls.RevokeToken;
import io.commandcenter.akm.contract.AccessCalls.RotateToken;
import io.commandcenter.akm.contract.AccessCalls.ShowToken;
import io.commandcenter.akm.contract.AccessCalls.TokenInfo;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Facts.TokenChanged;
import io.commandcenter.akm.contract.Principal;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.contract.TokenLimits;
import io.commandcenter.akm.core.grants.Grant;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parents and children. */
class LeaseTest {
  @TempDir Path folder;
  private AccessRoom room;

  @BeforeEach
  void open() {
    room = new AccessRoom(folder).start();
  }

  @AfterEach
  void close() {
    room.close();
  }

  /** A parent, its child and its grandchild. */
  private List<MintedToken> family() {
    var parent = room.mint("client", TokenLimits.NONE);
    var child = room.lease(parent.token());
    return List.of(parent, child, room.lease(child.token()));
  }

  @Test
  void aChildNamesItsParentAndEndsInAnHourByDefault() {
    var parent = room.mint("operator", TokenLimits.NONE);
    var child = room.lease(parent.token());
    var who = room.verify(child.token());

    assertEquals(parent.tokenId(), child.parentId());
    assertEquals("client", child.scope());
    assertEquals(room.clock.instant().plusSeconds(3600), child.expiresAt());
    assertTrue(who.leased());
    assertFalse(who.free());
  }

  @Test
  void aChildNeverOutlivesItsParent() {
    var parent = room.mint("client", TokenLimits.NONE);
    var child = room.lease(parent.token(), null, 60L, TokenLimits.NONE);
    var grandchild = room.lease(child.token(), null, 3600L, TokenLimits.NONE);
    assertEquals(child.expiresAt(), grandchild.expiresAt());
    room.clock.move(Duration.ofSeconds(60));
    assertTrue(room.unknown(grandchild.token()).detail().contains("expired"));
  }

  /** Seen failing with the comparison of scopes left out. */
  @ParameterizedTest
  @CsvSource({"client, operator", "client, admin", "operator, admin", "read-only, client"})
  void aChildsScopeIsNeverAboveItsParents(String own, String asked) {
    var parent = room.verify(room.mint(own, TokenLimits.NONE).token());
    room.refused(
        Code.FORBIDDEN, AccessCalls.LEASE, new LeaseToken("up", null, asked, null, parent));
  }

  /** Seen failing with the scope taken from the caller instead of the store. */
  @Test
  void whatTheCallerSaysOfItselfDecidesNothing() {
    var parent = room.mint("client", AccessRoom.models("gpt-4"));
    var claimed = new Principal(parent.tokenId(), "root", Scope.ADMIN);
    room.refused(
        Code.FORBIDDEN, AccessCalls.LEASE, new LeaseToken("up", null, "admin", null, claimed));
    var child = room.ask(AccessCalls.LEASE, new LeaseToken("up", null, "client", null, claimed));
    assertEquals(List.of("gpt-4"), child.limits().models());
  }

  @Test
  void everyLimitIsTheNarrowerOne() {
    var parent =
        room.mint(
            "client",
            new TokenLimits(
                List.of("chat", "analysis"),
                List.of("claude-*", "openai/gpt-4"),
                List.of("anthropic", "openai"),
                10,
                new BigDecimal("5"),
                null,
                null));
    var child =
        room.lease(
            parent.token(),
            null,
            null,
            new TokenLimits(
                List.of("chat", "embeddings"),
                List.of("claude-opus", "gpt-4", "mistral"),
                null,
                100,
                new BigDecimal("7"),
                new BigDecimal("1"),
                null));
    var limits = child.limits();
    assertEquals(List.of("chat"), limits.tasks());
    assertEquals(List.of("claude-opus", "openai/gpt-4"), limits.models());
    assertEquals(List.of("anthropic", "openai"), limits.providers());
    assertEquals(10, limits.requestsPerMinute());
    assertEquals(0, limits.maxUsd().compareTo(new BigDecimal("5")));
    assertEquals(0, limits.maxUsdPerDay().compareTo(BigDecimal.ONE));

    var grant = room.verify(child.token()).grant();
    assertEquals(
        List.of(child.tokenId(), parent.tokenId()),
        grant.rates().stream().map(rate -> rate.token()).toList());
    assertEquals(
        List.of(
            "token:" + child.tokenId() + ":total",
            "token:" + child.tokenId() + ":day",
            "token:" + parent.tokenId() + ":total"),
        grant.spending().stream().map(limit -> limit.budget()).toList());
  }

  /** Seen failing with an empty intersection stored: an empty list names all. */
  @Test
  void nothingInCommonIsRefused() {
    var parent = room.verify(room.mint("client", AccessRoom.models("gpt-*")).token());
    var refusal =
        room.refused(
            Code.FORBIDDEN,
            AccessCalls.LEASE,
            new LeaseToken("x", null, null, AccessRoom.models("claude-*"), parent));
    assertEquals("the parent may use none of these `models`; it may use gpt-*", refusal.detail());
  }

  /** Seen failing with `free()` not asked: a limited admin token made itself an unlimited one. */
  @Test
  void aLimitedOrLeasedTokenMakesChildrenOnly() {
    var limited = room.verify(room.mint("admin", AccessRoom.usd("1")).token());
    var leased = room.verify(room.lease(room.mint("admin", TokenLimits.NONE).token()).token());
    for (var by : List.of(limited, leased)) {
      room.refused(Code.FORBIDDEN, AccessCalls.MINT, new MintToken("up", "client", null, by));
      assertEquals(by.id(), by.reach());
    }
  }

  @Test
  void leasesGoEightDeep() {
    var token = room.mint("client", TokenLimits.NONE).token();
    for (int depth = 1; depth <= Leases.MAX_DEPTH; depth++) {
      token = room.lease(token).token();
    }
    room.refused(
        Code.FORBIDDEN,
        AccessCalls.LEASE,
        new LeaseToken("x", null, null, null, room.verify(token)));
  }

  /** Seen failing with the count left out of the insert. */
  @Test
  void aParentHasAThousandLivingChildrenAtMost() {
    var parent = room.mint("client", TokenLimits.NONE);
    var by = room.verify(parent.token());
    var ask = new LeaseToken("x", 60L, null, null, by);
    var made = new ArrayList<io.vertx.core.Future<MintedToken>>();
    for (int i = 0; i < Leases.MAX_CHILDREN; i++) {
      made.add(room.bus.ask(AccessCalls.LEASE, ask));
    }
    io.commandcenter.akm.testkit.TestVertx.await(io.vertx.core.Future.all(made));
    room.refused(Code.CONFLICT, AccessCalls.LEASE, ask);
    room.ask(AccessCalls.REVOKE, new RevokeToken(made.get(7).result().tokenId(), by.id(), by.id()));
    room.ask(AccessCalls.LEASE, ask);
    room.clock.move(Duration.ofSeconds(60));
    room.ask(AccessCalls.LEASE, ask);
  }

  /** Seen failing with only the token itself revoked. */
  @Test
  void revokingAParentRevokesTheTreeWithARowAndAFactEach() {
    var family = family();
    var other = room.mint("client", TokenLimits.NONE);
    room.ask(AccessCalls.REVOKE, new RevokeToken(family.get(0).tokenId(), "tok_admin"));

    family.forEach(token -> assertTrue(room.unknown(token.token()).detail().contains("revoked")));
    assertEquals(other.tokenId(), room.verify(other.token()).id());
    var rows = room.audit("token.revoke");
    assertEquals(ids(family), rows.stream().map(row -> row.subject()).collect(Collectors.toSet()));
    assertEquals(
        2,
        rows.stream()
            .filter(r -> r.detail().contains("parent=" + family.get(0).tokenId()))
            .count());
    for (var token : family) {
      assertTrue(room.facts.contains(new TokenChanged(token.tokenId(), "revoked")));
    }
    room.refused(
        Code.UNAUTHENTICATED,
        AccessCalls.LEASE,
        new LeaseToken(
            "late",
            null,
            null,
            null,
            new Principal(family.get(1).tokenId(), "agent", Scope.CLIENT, true, Grant.ALL)));
  }

  private static Set<String> ids(List<MintedToken> tokens) {
    return tokens.stream().map(MintedToken::tokenId).collect(Collectors.toSet());
  }

  @Test
  void whoRevokesAChildLeavesTheParent() {
    var family = family();
    room.ask(AccessCalls.REVOKE, new RevokeToken(family.get(1).tokenId(), "x"));
    assertEquals(family.get(0).tokenId(), room.verify(family.get(0).token()).id());
    room.unknown(family.get(2).token());
  }

  /** Seen failing with `within` not looked at. */
  @Test
  void reachesOnlyItselfAndItsDescendants() {
    var family = family();
    var child = family.get(1).tokenId();
    for (var stranger :
        List.of(family.get(0).tokenId(), room.mint("read-only", TokenLimits.NONE).tokenId())) {
      room.refused(Code.NOT_FOUND, AccessCalls.REVOKE, new RevokeToken(stranger, child, child));
      room.refused(Code.NOT_FOUND, AccessCalls.SHOW, new ShowToken(stranger, child));
      room.refused(
          Code.NOT_FOUND,
          AccessCalls.ROTATE,
          new RotateToken(stranger, 0L, room.verify(family.get(1).token())));
    }
    assertEquals(
        Set.of(child, family.get(2).tokenId()),
        room.ask(AccessCalls.LIST, new ListTokens(child)).tokens().stream()
            .map(TokenInfo::tokenId)
            .collect(Collectors.toSet()));
  }

  @Test
  void showsLimitsSpendingAndChildren() {
    var parent = room.mint("client", AccessRoom.usd("5"));
    var child = room.lease(parent.token(), null, null, AccessRoom.usd("0.5"));
    var view = room.ask(AccessCalls.SHOW, new ShowToken(parent.tokenId(), null));
    assertEquals("0.00", view.token().budgets().get(0).spentUsd().toPlainString());
    assertEquals("5.00", view.token().budgets().get(0).remainingUsd().toPlainString());
    assertEquals(
        List.of(child.tokenId()), view.children().stream().map(TokenInfo::tokenId).toList());
    assertEquals(parent.tokenId(), view.children().get(0).parentId());
  }

  @Test
  void forgetsTokensThatEndedThirtyDaysAgo() {
    var parent = room.mint("client", TokenLimits.NONE);
    var child = room.lease(parent.token());
    room.clock.move(Duration.ofHours(1));
    assertTrue(listed().contains(child.tokenId()));
    room.clock.move(Duration.ofDays(31));
    assertFalse(listed().contains(child.tokenId()));
    assertTrue(listed().contains(parent.tokenId()));
  }

  private List<String> listed() {
    return room.ask(AccessCalls.LIST, new ListTokens()).tokens().stream()
        .map(TokenInfo::tokenId)
        .toList();
  }

  /** Seen failing with the environment token's fingerprint left out of its children's parent. */
  @Test
  void childrenOfTheEnvironmentsTokenEndWhenItIsChanged() {
    room.environment.put("AKM_ADMIN_TOKEN", "the first token of them all");
    room.restart();
    var child = room.lease("the first token of them all", "client", null, TokenLimits.NONE);
    var grandchild = room.lease(child.token());
    assertEquals("tok_environment", child.parentId());
    room.restart();
    assertEquals(child.tokenId(), room.verify(child.token()).id());

    room.environment.put("AKM_ADMIN_TOKEN", "another token, the old one leaked");
    room.restart();
    room.unknown(child.token());
    room.unknown(grandchild.token());
  }
}
