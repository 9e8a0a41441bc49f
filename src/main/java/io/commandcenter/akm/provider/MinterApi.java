package io.commandcenter.akm.provider;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.provider.Protocol.HttpCall;
import io.commandcenter.akm.provider.wire.KeyText;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.regex.Pattern;

/** The admin APIs that make and revoke keys, without I/O. */
enum MinterApi {
  /**
   * A key is a project's service account; deleting the account ends its key.
   *
   * @see <a href="https://platform.openai.com/docs/api-reference/project-service-accounts">API</a>
   */
  OPENAI("https://api.openai.com", "api_key.value", "id") {
    @Override
    HttpCall make(String project, String name) {
      return post(accounts(project), new JsonObject().put("name", name));
    }

    @Override
    HttpCall revoke(String project, String id) {
      return delete(accounts(project) + "/" + plain(id));
    }

    private String accounts(String project) {
      return "/v1/organization/projects/" + plain(project) + "/service_accounts";
    }
  },
  /**
   * Keys made with a management (provisioning) key; the name of a key is its hash.
   *
   * @see <a href="https://openrouter.ai/docs/guides/overview/auth/management-api-keys">API</a>
   */
  OPENROUTER("https://openrouter.ai", "key", "data.hash") {
    @Override
    HttpCall make(String project, String name) {
      return post("/api/v1/keys", new JsonObject().put("name", name));
    }

    @Override
    HttpCall revoke(String project, String id) {
      return delete("/api/v1/keys/" + plain(id));
    }
  },
  /**
   * The Admin API makes no keys: it can only take one out of use.
   *
   * @see <a href="https://platform.claude.com/docs/en/api/admin/api_keys/update">API</a>
   */
  ANTHROPIC("https://api.anthropic.com", null, null) {
    @Override
    HttpCall make(String project, String name) {
      throw new Failure(
          Code.CONFLICT,
          "this provider makes keys in its console only; make one there and enter it on the"
              + " one-time page");
    }

    @Override
    HttpCall revoke(String project, String id) {
      return post(
          "/v1/organizations/api_keys/" + plain(id), new JsonObject().put("status", "inactive"));
    }

    @Override
    void authorize(MultiMap headers, Secret admin) {
      headers.set("x-api-key", KeyText.of(admin)).set("anthropic-version", "2023-06-01");
    }
  };

  // What stands in a path must not reach beyond its segment.
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]{1,128}");

  private final String base;
  private final String secretAt;
  private final String idAt;

  MinterApi(String base, String secretAt, String idAt) {
    this.base = base;
    this.secretAt = secretAt;
    this.idAt = idAt;
  }

  static Optional<MinterApi> named(String kind) {
    for (var api : values()) {
      if (api.name().equalsIgnoreCase(kind)) {
        return Optional.of(api);
      }
    }
    return Optional.empty();
  }

  String base() {
    return base;
  }

  boolean makes() {
    return secretAt != null;
  }

  /** Where the new key stands in the answer, for example {@code api_key.value}. */
  String secretAt() {
    return secretAt;
  }

  /** Where the provider's name of it stands. */
  String idAt() {
    return idAt;
  }

  abstract HttpCall make(String project, String name);

  abstract HttpCall revoke(String project, String id);

  void authorize(MultiMap headers, Secret admin) {
    headers.set("authorization", "Bearer " + KeyText.of(admin));
  }

  private static HttpCall post(String path, JsonObject body) {
    var headers = MultiMap.caseInsensitiveMultiMap().set("content-type", "application/json");
    return new HttpCall(HttpMethod.POST, path, headers, body.toBuffer());
  }

  private static HttpCall delete(String path) {
    return new HttpCall(HttpMethod.DELETE, path, MultiMap.caseInsensitiveMultiMap(), null);
  }

  private static String plain(String segment) {
    if (segment == null || !PLAIN.matcher(segment).matches()) {
      throw Failure.badRequest(
          "a project or key id of a minter must be 1 to 128 letters, digits, hyphens or"
              + " underscores");
    }
    return segment;
  }
}
