package io.commandcenter.akm.contract;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** The access room's calls: who a token is, and the life of tokens. */
public final class AccessCalls {
  public static final Call<VerifyToken, Principal> VERIFY =
      Call.node(
          "akm.access.verify.v1",
          VerifyToken.class,
          Principal.class,
          "Who a bearer token is, or UNAUTHENTICATED.",
          Code.UNAUTHENTICATED,
          Code.SEALED);
  public static final Call<MintToken, MintedToken> MINT =
      Call.node(
          "akm.access.mint.v1",
          MintToken.class,
          MintedToken.class,
          "Makes a token; it is shown this once.",
          Code.FORBIDDEN,
          Code.CONFLICT,
          Code.SEALED,
          Code.KEY_IN_ARGUMENT);
  public static final Call<LeaseToken, MintedToken> LEASE =
      Call.node(
          "akm.access.lease.v1",
          LeaseToken.class,
          MintedToken.class,
          "Makes a child of the caller's token, never wider than it; it is shown this once.",
          Code.FORBIDDEN,
          Code.UNAUTHENTICATED,
          Code.CONFLICT,
          Code.SEALED,
          Code.KEY_IN_ARGUMENT);
  public static final Call<RotateToken, RotatedToken> ROTATE =
      Call.node(
          "akm.access.rotate.v1",
          RotateToken.class,
          RotatedToken.class,
          "Gives a token a new secret, shown this once; the old one works until the overlap ends.",
          Code.NOT_FOUND,
          Code.CONFLICT,
          Code.SEALED);
  public static final Call<ShowToken, TokenView> SHOW =
      Call.cluster(
          "akm.access.show.v1",
          ShowToken.class,
          TokenView.class,
          "A token with its limits, what is spent and held of them, and its children.",
          Code.NOT_FOUND,
          Code.CONFLICT,
          Code.SEALED);
  public static final Call<ListTokens, TokenList> LIST =
      Call.cluster(
          "akm.access.list.v1",
          ListTokens.class,
          TokenList.class,
          "Lists tokens that live or ended in the last 30 days, at most the newest 5,000; never the tokens themselves.",
          Code.SEALED);
  public static final Call<RevokeToken, TokenInfo> REVOKE =
      Call.cluster(
          "akm.access.revoke.v1",
          RevokeToken.class,
          TokenInfo.class,
          "Ends a token and all its descendants at once.",
          Code.NOT_FOUND,
          Code.CONFLICT,
          Code.KEY_IN_ARGUMENT,
          Code.SEALED);

  public static final Call<CheckPrincipal, PrincipalState> CHECK_PRINCIPAL =
      Call.node(
          "akm.access.check-principal.v1",
          CheckPrincipal.class,
          PrincipalState.class,
          "Whether the token of this id is in force now, and what it may do.",
          Code.SEALED);

  public static final List<Call<?, ?>> ALL =
      List.of(VERIFY, MINT, LEASE, ROTATE, SHOW, LIST, REVOKE, CHECK_PRINCIPAL);

  private AccessCalls() {}

  /**
   * @param token as presented by the caller; checked in constant time against its stored HMAC
   */
  public record VerifyToken(String token) {
    public VerifyToken {
      Checks.text(token, "token", 256);
    }

    @Override
    public String toString() {
      return "VerifyToken[…]";
    }
  }

  /**
   * @param scope admin, operator, client or read-only; never above the minter's own
   * @param expiresAt null for no end
   * @param by must have no limits of its own: a limited token makes children only
   */
  public record MintToken(
      String name, String scope, Instant expiresAt, TokenLimits limits, Principal by) {
    public MintToken {
      Checks.name(name, "name");
      limits = limits == null ? TokenLimits.NONE : limits;
    }

    public MintToken(String name, String scope, Instant expiresAt, Principal by) {
      this(name, scope, expiresAt, TokenLimits.NONE, by);
    }
  }

  /**
   * Each limit is the narrower of what is asked and what the parent has.
   *
   * @param ttlSeconds 1 to 30 days, an hour if null; never beyond the parent's end
   * @param scope never above the parent's; if null client, or the parent's if that is lower
   * @param by the parent
   */
  public record LeaseToken(
      String name, Long ttlSeconds, String scope, TokenLimits limits, Principal by) {
    private static final long DEFAULT_TTL = 3600;

    public LeaseToken {
      Checks.name(name, "name");
      ttlSeconds = ttlSeconds == null ? Long.valueOf(DEFAULT_TTL) : ttlSeconds;
      Checks.range(ttlSeconds, "ttl_seconds", 1, 30L * 24 * 3600);
      limits = limits == null ? TokenLimits.NONE : limits;
    }
  }

  /**
   * @param parentId null if it is nobody's child
   * @param limits those in force, after narrowing
   * @param token shown this once
   */
  public record MintedToken(
      String tokenId,
      String name,
      String scope,
      Instant expiresAt,
      String parentId,
      TokenLimits limits,
      String token) {
    public MintedToken(String tokenId, String name, String scope, Instant expiresAt, String token) {
      this(tokenId, name, scope, expiresAt, null, TokenLimits.NONE, token);
    }

    @Override
    public String toString() {
      return "MintedToken[" + tokenId + "]";
    }
  }

  /**
   * @param overlapSeconds how long the old secret still works: 0 to 7 days, an hour if null
   * @param by the token itself, an ancestor of it, or a free admin token
   */
  public record RotateToken(String tokenId, Long overlapSeconds, Principal by) {
    private static final long DEFAULT_OVERLAP = 3600;

    public RotateToken {
      Checks.name(tokenId, "token_id");
      overlapSeconds = overlapSeconds == null ? Long.valueOf(DEFAULT_OVERLAP) : overlapSeconds;
      Checks.range(overlapSeconds, "overlap_seconds", 0, 7L * 24 * 3600);
    }
  }

  /**
   * @param oldEndsAt when the old secret stops working
   * @param token the new secret; shown this once
   */
  public record RotatedToken(String tokenId, String name, Instant oldEndsAt, String token) {
    @Override
    public String toString() {
      return "RotatedToken[" + tokenId + "]";
    }
  }

  /**
   * @param within only this token and its descendants; null for all
   */
  public record ListTokens(String within) {
    public ListTokens() {
      this(null);
    }
  }

  public record TokenList(List<TokenInfo> tokens) {
    public TokenList {
      tokens = List.copyOf(tokens);
    }
  }

  /**
   * @param within as for the list
   */
  public record ShowToken(String tokenId, String within) {
    public ShowToken {
      Checks.name(tokenId, "token_id");
    }
  }

  /**
   * @param children as in the list
   */
  public record TokenView(TokenInfo token, List<TokenInfo> children) {
    public TokenView {
      children = List.copyOf(children);
    }
  }

  /**
   * @param state active, expired or revoked
   * @param parentId null if it is nobody's child
   * @param budgets of its own dollar limits, each in its current period
   */
  public record TokenInfo(
      String tokenId,
      String name,
      String scope,
      String state,
      Instant createdAt,
      Instant expiresAt,
      Instant lastUsedAt,
      String parentId,
      TokenLimits limits,
      List<TokenBudget> budgets) {
    public TokenInfo {
      limits = limits == null ? TokenLimits.NONE : limits;
      budgets = budgets == null ? List.of() : List.copyOf(budgets);
    }

    public TokenInfo(
        String tokenId,
        String name,
        String scope,
        String state,
        Instant createdAt,
        Instant expiresAt,
        Instant lastUsedAt) {
      this(tokenId, name, scope, state, createdAt, expiresAt, lastUsedAt, null, null, null);
    }
  }

  /**
   * @param window total, day or month
   * @param period total, 2026-11-25 or 2026-11
   * @param spentUsd its descendants' included
   * @param heldUsd for attempts that have not ended
   */
  public record TokenBudget(
      String window,
      String period,
      BigDecimal limitUsd,
      BigDecimal spentUsd,
      BigDecimal heldUsd,
      BigDecimal remainingUsd) {}

  /**
   * @param within as for the list
   */
  public record RevokeToken(String tokenId, String by, String within) {
    public RevokeToken {
      Checks.name(tokenId, "token_id");
      Checks.text(by, "by", 128);
    }

    public RevokeToken(String tokenId, String by) {
      this(tokenId, by, null);
    }
  }

  /**
   * @param tokenId a token's id, or what somebody calls itself
   */
  public record CheckPrincipal(String tokenId) {
    public CheckPrincipal {
      Checks.text(tokenId, "token_id", 128);
    }
  }

  /**
   * @param known whether it is a token's id at all
   * @param active neither expired nor revoked
   * @param scope admin, operator, client or read-only; null if it is not known
   */
  public record PrincipalState(boolean known, boolean active, String scope) {}
}
