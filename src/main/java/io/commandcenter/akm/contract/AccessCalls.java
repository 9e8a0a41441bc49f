package io.commandcenter.akm.contract;

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
  public static final Call<ListTokens, TokenList> LIST =
      Call.cluster(
          "akm.access.list.v1",
          ListTokens.class,
          TokenList.class,
          "Lists tokens, without the tokens themselves.",
          Code.SEALED);
  public static final Call<RevokeToken, TokenInfo> REVOKE =
      Call.cluster(
          "akm.access.revoke.v1",
          RevokeToken.class,
          TokenInfo.class,
          "Ends a token at once.",
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

  public static final List<Call<?, ?>> ALL = List.of(VERIFY, MINT, LIST, REVOKE, CHECK_PRINCIPAL);

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
   */
  public record MintToken(String name, String scope, Instant expiresAt, Principal by) {
    public MintToken {
      Checks.name(name, "name");
    }
  }

  public record MintedToken(
      String tokenId, String name, String scope, Instant expiresAt, String token) {
    @Override
    public String toString() {
      return "MintedToken[" + tokenId + "]";
    }
  }

  public record ListTokens() {}

  public record TokenList(List<TokenInfo> tokens) {
    public TokenList {
      tokens = List.copyOf(tokens);
    }
  }

  /**
   * @param state active, expired or revoked
   */
  public record TokenInfo(
      String tokenId,
      String name,
      String scope,
      String state,
      Instant createdAt,
      Instant expiresAt,
      Instant lastUsedAt) {}

  public record RevokeToken(String tokenId, String by) {
    public RevokeToken {
      Checks.name(tokenId, "token_id");
      Checks.text(by, "by", 128);
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
