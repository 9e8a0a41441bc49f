package io.commandcenter.akm.config;

import io.commandcenter.akm.core.money.Price;
import io.commandcenter.akm.core.money.Usd;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** akm.json, merged over its built-in defaults, and the environment to {@link ServerConfig}. */
final class ServerConfigReader {
  private static final int DAY = 86_400_000;

  private final Section root;

  private ServerConfigReader(Section root) {
    this.root = root;
  }

  /**
   * @param json holds every key: the code knows no defaults of its own
   */
  static ServerConfig read(JsonObject json, Map<String, String> environment, Faults faults) {
    var merged = json.copy();
    override(merged, "host", environment.get("AKM_HOST"));
    override(merged, "data_dir", environment.get("AKM_DATA"));
    override(merged, "master_key_file", environment.get("AKM_MASTER_KEY_FILE"));
    override(merged, "public_url", environment.get("AKM_PUBLIC_URL"));
    overridePort(merged, environment.get("AKM_PORT"), faults);
    overrideInsecureBind(merged, environment.get("AKM_ALLOW_INSECURE_BIND"), faults);
    return new ServerConfigReader(new Section(merged, "akm.json", faults)).read();
  }

  private static void override(JsonObject json, String key, String value) {
    if (value != null && !value.isBlank()) {
      json.put(key, value);
    }
  }

  private static void overridePort(JsonObject json, String value, Faults faults) {
    if (value == null || value.isBlank()) {
      return;
    }
    try {
      json.put("port", Integer.parseInt(value));
    } catch (NumberFormatException e) {
      faults.add("AKM_PORT", "must be a whole number from 0 to 65535");
    }
  }

  private static void overrideInsecureBind(JsonObject json, String value, Faults faults) {
    if (value == null || value.isBlank()) {
      return;
    }
    if (!value.equals("true") && !value.equals("false")) {
      faults.add("AKM_ALLOW_INSECURE_BIND", "must be true or false");
    }
    json.put("allow_insecure_bind", value.equals("true"));
  }

  private ServerConfig read() {
    var masterKeyFile = root.text("master_key_file");
    var config =
        new ServerConfig(
            root.text("host", "127.0.0.1"),
            root.whole("port", 0, 65_535),
            root.url("public_url"),
            root.flag("allow_insecure_bind"),
            root.texts("allowed_hosts"),
            root.texts("allowed_origins"),
            Set.copyOf(root.texts("allowed_private_hosts")),
            Path.of(root.text("data_dir", "data")),
            masterKeyFile == null ? null : Path.of(masterKeyFile),
            root.flag("master_key_shared"),
            http(root.section("http")),
            mcp(root.section("mcp")),
            vault(root.section("vault")),
            audit(root.section("audit")),
            router(root.section("router")),
            health(root.section("health")),
            budget(root.section("budget")),
            unknownPrice(root.section("unknown_price")),
            OAuthReader.read(root.section("auth")));
    root.end();
    return config;
  }

  private ServerConfig.Http http(Section s) {
    var http =
        new ServerConfig.Http(
            s.millis("header_timeout_ms", 100, 60_000),
            s.millis("body_timeout_ms", 100, 600_000),
            s.millis("idle_timeout_ms", 1000, DAY),
            s.whole("max_admin_body_bytes", 1024, 16_777_216),
            s.whole("max_gateway_body_bytes", 1024, 134_217_728),
            s.whole("max_json_depth", 4, 1000),
            s.whole("max_connections", 1, 1_000_000),
            s.whole("auth_failures_per_minute", 1, 10_000),
            s.millis("drain_ms", 0, 600_000),
            instances(s.whole("instances", 0, 64)));
    s.end();
    return http;
  }

  /** Half of the cores, if not said: the rooms behind the listener need the others. */
  private static int instances(int said) {
    return said == 0 ? Math.max(1, Runtime.getRuntime().availableProcessors() / 2) : said;
  }

  private ServerConfig.Mcp mcp(Section s) {
    var mcp =
        new ServerConfig.Mcp(
            s.whole("max_sessions", 1, 1_000_000),
            s.whole("max_sessions_per_principal", 1, 1_000_000),
            s.whole("max_requests_in_flight", 1, 10_000),
            s.millis("session_idle_ms", 100, DAY),
            s.millis("stream_keep_ms", 100, DAY),
            s.millis("heartbeat_ms", 50, 600_000),
            s.millis("upgrade_to_sse_ms", 0, 60_000));
    s.end();
    return mcp;
  }

  private ServerConfig.Vault vault(Section s) {
    var vault =
        new ServerConfig.Vault(
            s.millis("rotation_grace_ms", 0, 7 * DAY),
            s.millis("entry_ttl_ms", 1000, DAY),
            s.millis("lease_ttl_ms", 1000, 3_600_000),
            s.whole("canary_percent", 0, 100),
            s.whole("canary_requests", 1, 100_000),
            s.millis("canary_max_ms", 0, 7 * DAY));
    s.end();
    return vault;
  }

  private ServerConfig.Audit audit(Section s) {
    var node = s.text("node", "main");
    if (!node.matches("[a-z0-9][a-z0-9-]{0,31}")) {
      s.fault("node", "must be 1 to 32 small letters, digits or hyphens");
    }
    var file = s.text("checkpoint_file");
    s.end();
    return new ServerConfig.Audit(node, file == null ? null : Path.of(file));
  }

  private ServerConfig.Router router(Section s) {
    var router =
        new ServerConfig.Router(
            s.millis("deadline_ms", 100, 600_000),
            s.whole("max_attempts", 1, 20),
            s.millis("connect_timeout_ms", 10, 60_000),
            s.millis("first_byte_timeout_ms", 100, 600_000),
            s.whole("max_answer_bytes", 1024, 268_435_456),
            s.whole("default_max_output_tokens", 1, 2_000_000),
            s.millis("stream_deadline_ms", 100, DAY),
            s.millis("silence_timeout_ms", 100, 600_000),
            s.millis("stalled_reader_timeout_ms", 100, 600_000),
            s.whole("max_in_flight_per_provider", 1, 100_000));
    s.end();
    return router;
  }

  private ServerConfig.Health health(Section s) {
    var health =
        new ServerConfig.Health(
            s.whole("failures_to_down", 1, 1000),
            s.millis("probe_interval_ms", 100, DAY),
            s.millis("probe_timeout_ms", 100, 60_000));
    s.end();
    return health;
  }

  private ServerConfig.BudgetSettings budget(Section s) {
    var monthly = s.decimal("monthly_usd", 1_000_000_000);
    var mode = s.text("mode", "hard");
    if (!mode.equals("hard") && !mode.equals("warn")) {
      s.fault("mode", "must be hard or warn");
    }
    var budget =
        new ServerConfig.BudgetSettings(
            monthly == null ? null : Usd.toNanos(monthly),
            mode.equals("hard"),
            s.url("webhook_url"),
            s.text("webhook_secret_env"));
    if (budget.webhookUrl() != null && budget.webhookSecretEnv() == null) {
      s.fault("webhook_secret_env", "is needed with a webhook_url: alerts are signed");
    }
    s.end();
    return budget;
  }

  private ServerConfig.UnknownPrice unknownPrice(Section s) {
    var policy = s.text("policy", "refuse");
    var cap = s.decimal("cap_usd_per_mtok", 1_000_000);
    if (!policy.equals("refuse") && !policy.equals("cap")) {
      s.fault("policy", "must be refuse or cap");
    } else if (policy.equals("cap") && (cap == null || cap.signum() == 0)) {
      s.fault("cap_usd_per_mtok", "is needed above 0 with the policy cap: no request is free");
    }
    s.end();
    boolean capped = policy.equals("cap") && cap != null;
    return new ServerConfig.UnknownPrice(capped ? Price.flat(Price.rateOfUsdPerMtok(cap)) : null);
  }
}
