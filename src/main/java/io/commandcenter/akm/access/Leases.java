package io.commandcenter.akm.access;

import io.commandcenter.akm.contract.AccessCalls.LeaseToken;
import io.commandcenter.akm.contract.AccessCalls.MintedToken;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.Principal;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.contract.TokenLimits;
import io.commandcenter.akm.core.crypto.BearerToken;
import io.commandcenter.akm.core.grants.Narrowing;
import io.commandcenter.akm.store.AuditEntry.Action;
import io.commandcenter.akm.store.TokenChanges.Added;
import io.commandcenter.akm.store.TokenRow;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes children: an agent's or sub-agent's short-lived token, never wider than its parent. */
final class Leases {
  static final int MAX_DEPTH = 8;
  static final int MAX_CHILDREN = 1_000;

  private final Desk desk;

  Leases(Desk desk) {
    this.desk = desk;
  }

  /**
   * @param id as children name it
   * @param depth 0 for nobody's child
   * @param expiresAt null for no end
   */
  private record Parent(String id, Scope scope, int depth, Instant expiresAt, TokenLimits limits) {}

  Future<MintedToken> lease(LeaseToken ask) {
    if (ask.by() == null) {
      throw Failure.badRequest("`by` is required");
    }
    Desk.refuseKeys(ask.name());
    return parent(ask.by()).compose(parent -> lease(ask, parent));
  }

  private Future<Parent> parent(Principal by) {
    if (by.id().equals(AdminToken.PRINCIPAL.id())) {
      return Future.succeededFuture(
          new Parent(
              desk.admin().orElseThrow(Leases::ended).parentId(desk.keyring()),
              Scope.ADMIN,
              0,
              null,
              TokenLimits.NONE));
    }
    return desk.store().chain(by.id()).map(Leases::parent);
  }

  /** As it is stored: what the caller says of itself decides nothing. */
  private static Parent parent(List<TokenRow> chain) {
    if (chain.isEmpty()) {
      throw ended();
    }
    var row = chain.get(0);
    var eldest = chain.get(chain.size() - 1);
    int depth = chain.size() - 1 + (eldest.parentId() == null ? 0 : 1);
    return new Parent(row.id(), row.scope(), depth, row.expiresAt(), row.limits());
  }

  private static Failure ended() {
    return new Failure(Code.UNAUTHENTICATED, "the parent token has ended; ask for a new one");
  }

  private Future<MintedToken> lease(LeaseToken ask, Parent parent) {
    if (parent.depth() >= MAX_DEPTH) {
      throw new Failure(
          Code.FORBIDDEN, "leases go " + MAX_DEPTH + " deep at most; ask an ancestor for one");
    }
    var scope = ask.scope() == null ? usual(parent) : Scope.ofSlug(ask.scope());
    if (!parent.scope().includes(scope)) {
      throw new Failure(
          Code.FORBIDDEN,
          "a token cannot make one above its own scope, which is " + parent.scope().slug());
    }
    var issue =
        new Issue(
            ask.name(),
            scope,
            end(ask, parent),
            parent.id(),
            narrowed(ask.limits(), parent.limits()),
            ask.by().id());
    return add(issue, BearerToken.mint(scope.slug(), desk.random()));
  }

  private Instant end(LeaseToken ask, Parent parent) {
    // Milliseconds, as it is stored: the answer must not promise more.
    var wanted = Instant.ofEpochMilli(desk.now().toEpochMilli()).plusSeconds(ask.ttlSeconds());
    return parent.expiresAt() != null && parent.expiresAt().isBefore(wanted)
        ? parent.expiresAt()
        : wanted;
  }

  /** A limit that is not asked for needs none of its own: the ancestors' bind in any case. */
  private static TokenLimits narrowed(TokenLimits asked, TokenLimits parent) {
    return new TokenLimits(
        shared("tasks", parent.tasks(), Narrowing.names(parent.tasks(), asked.tasks())),
        shared("models", parent.models(), Narrowing.models(parent.models(), asked.models())),
        shared(
            "providers",
            parent.providers(),
            Narrowing.names(parent.providers(), asked.providers())),
        asked.requestsPerMinute() == null
            ? null
            : Integer.valueOf(
                Narrowing.least(
                        asLong(parent.requestsPerMinute()), asLong(asked.requestsPerMinute()))
                    .intValue()),
        least(parent.maxUsd(), asked.maxUsd()),
        least(parent.maxUsdPerDay(), asked.maxUsdPerDay()),
        least(parent.maxUsdPerMonth(), asked.maxUsdPerMonth()));
  }

  /** Nothing in common must be refused: an empty list would mean everything. */
  private static List<String> shared(
      String field, List<String> parent, Optional<List<String>> both) {
    return both.orElseThrow(
        () ->
            new Failure(
                Code.FORBIDDEN,
                "the parent may use none of these `"
                    + field
                    + "`; it may use "
                    + String.join(", ", parent)));
  }

  private static Long asLong(Integer number) {
    return number == null ? null : number.longValue();
  }

  private static BigDecimal least(BigDecimal parent, BigDecimal asked) {
    return asked == null || parent == null ? asked : asked.min(parent);
  }

  private Future<MintedToken> add(Issue issue, String token) {
    var row = Tokens.row(desk, issue, token);
    var entry =
        Tokens.entry(
            desk, row, issue.by(), Action.TOKEN_MINT, AdminToken.shownId(issue.parentId()));
    return desk.store()
        .changes()
        .addChild(row, MAX_CHILDREN, entry)
        .map(
            added -> {
              if (added != Added.YES) {
                throw added == Added.PARENT_ENDED
                    ? ended()
                    : new Failure(
                        Code.CONFLICT,
                        "this token has "
                            + MAX_CHILDREN
                            + " living children; revoke some or let them end");
              }
              // Nobody can have asked for it before: no cache has to hear of it.
              return issue.minted(row.id(), token);
            });
  }

  /** An agent sends requests: whoever leases to it need not think of more to give it less. */
  private static Scope usual(Parent parent) {
    return parent.scope().includes(Scope.CLIENT) ? Scope.CLIENT : parent.scope();
  }
}
