package io.commandcenter.akm.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.core.money.Price;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.core.routing.StrategyName;
import io.commandcenter.akm.provider.Protocols;
import io.commandcenter.akm.testkit.OriginalRouting;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

  @TempDir Path directory;

  @Test
  void theShippedConfigurationIsWithoutFaultAndWarning() {
    var configuration = ConfigLoader.load(Map.of(), TODAY);

    assertEquals(List.of(), configuration.routing().warnings());
    assertEquals("conf", configuration.source());
  }

  @Test
  void everyShippedModelHasAPrice() {
    var configuration = ConfigLoader.load(Map.of(), TODAY);

    for (var provider : configuration.routing().providers().values()) {
      for (var model : provider.models()) {
        assertTrue(
            configuration
                .prices()
                .priceOf(provider.name(), model, Instant.parse("2026-11-22T00:00:00Z"))
                .isPresent(),
            provider.name() + "/" + model);
      }
    }
  }

  /** Names and defaults are a promise: a change here is a change for every user. */
  @Test
  void theDefaultsAreThese() {
    var server = ConfigLoader.load(Map.of(), TODAY).server();

    assertEquals("127.0.0.1", server.host());
    assertEquals(7070, server.port());
    assertNull(server.publicUrl());
    assertFalse(server.allowInsecureBind());
    assertEquals(List.of("localhost", "127.0.0.1", "[::1]"), server.allowedHosts());
    assertEquals(List.of(), server.allowedOrigins());
    assertEquals(java.util.Set.of("localhost:11434"), server.allowedPrivateHosts());
    assertEquals(Path.of("data"), server.dataDir());
    assertNull(server.masterKeyFile());
    assertFalse(server.masterKeyShared());
    assertEquals(
        new ServerConfig.Http(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            65_536,
            8_388_608,
            64,
            4096,
            10,
            Duration.ofSeconds(30),
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2)),
        server.http());
    assertEquals(
        new ServerConfig.Mcp(
            1000,
            50,
            32,
            Duration.ofMinutes(30),
            Duration.ofMinutes(2),
            Duration.ofSeconds(15),
            Duration.ofMillis(400)),
        server.mcp());
    assertEquals(
        new ServerConfig.Vault(
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(1),
            5,
            20,
            Duration.ofMinutes(5)),
        server.vault());
    assertEquals(new ServerConfig.Audit("main", null), server.audit());
    assertEquals(
        new ServerConfig.Router(
            Duration.ofMinutes(2),
            3,
            Duration.ofSeconds(3),
            Duration.ofMinutes(1),
            16_777_216,
            4096),
        server.router());
    assertEquals(
        new ServerConfig.Health(3, Duration.ofSeconds(30), Duration.ofSeconds(5)), server.health());
    assertEquals(new ServerConfig.BudgetSettings(null, true, null, null), server.budget());
    assertNull(server.unknownPrice().cap());
  }

  @Test
  void theEnvironmentOverridesTheFile() {
    var server =
        ConfigLoader.load(
                Map.of(
                    "AKM_HOST", "0.0.0.0",
                    "AKM_PORT", "8080",
                    "AKM_DATA", "elsewhere",
                    "AKM_MASTER_KEY_FILE", "keys/master.key",
                    "AKM_PUBLIC_URL", "https://akm.example.com/",
                    "AKM_ALLOW_INSECURE_BIND", "true"),
                TODAY)
            .server();

    assertEquals("0.0.0.0", server.host());
    assertEquals(8080, server.port());
    assertEquals(Path.of("elsewhere"), server.dataDir());
    assertEquals(Path.of("keys/master.key"), server.masterKeyFile());
    assertEquals("https://akm.example.com", server.publicUrl().toString());
    assertTrue(server.allowInsecureBind());
  }

  @Test
  void aPartialFileIsLaidOverTheDefaults() throws IOException {
    Files.writeString(directory.resolve("akm.json"), "{\"http\": {\"max_connections\": 7}}");

    var server = ConfigLoader.load(Map.of("AKM_CONFIG", directory.toString()), TODAY).server();

    assertEquals(7, server.http().maxConnections());
    assertEquals(64, server.http().maxJsonDepth());
  }

  @Test
  void allFaultsOfAllFilesAreToldTogether() throws IOException {
    Files.writeString(
        directory.resolve("akm.json"),
        "{\"prot\": 1, \"http\": {\"drain_ms\": -1}, \"budget\": {\"mode\": \"soft\"}}");
    Files.writeString(
        directory.resolve("routing.json"),
        "{\"providers\": {\"anthropic\": {\"models\": [], \"rate_limt\": 3}}, \"routing\": {\"chat\": \"antropic\"}}");

    var told = faults(Map.of("AKM_CONFIG", directory.toString(), "AKM_PORT", "many"));

    assertEquals(
        List.of(
            "AKM_PORT: must be a whole number from 0 to 65535",
            "akm.json.http.drain_ms: must be a whole number from 0 to 600000",
            "akm.json.budget.mode: must be hard or warn",
            "akm.json.prot: is unknown; did you mean `port`?",
            "routing.json.providers.anthropic.models: must name at least one model",
            "routing.json.providers.anthropic.rate_limt: is unknown; did you mean `rate_limit`?",
            "routing.json.routing.chat: names `antropic`, which is no provider; did you mean `anthropic`?"),
        told);
  }

  @Test
  void brokenJsonIsNamedByItsPlaceWithoutItsText() throws IOException {
    Files.writeString(directory.resolve("routing.json"), "{\"providers\": sk-ant-secret}");

    var told = faults(Map.of("AKM_CONFIG", directory.toString()));

    assertEquals(1, told.size());
    assertTrue(told.get(0).startsWith("routing.json: is not valid JSON at line 1"), told.get(0));
    assertFalse(told.get(0).contains("secret"), told.get(0));
  }

  @Test
  void aMissingDirectoryIsAFault() {
    assertEquals(
        List.of("AKM_CONFIG: names `nowhere/at/all`, which is no directory"),
        faults(Map.of("AKM_CONFIG", "nowhere/at/all")));
  }

  @Test
  void aProviderMayNameItsMinterAndHowOftenItRotates() {
    var json = OriginalRouting.json();
    var minter =
        new JsonObject().put("kind", "openai").put("admin_key", "admin").put("project", "proj_1");
    json.getJsonObject("providers")
        .getJsonObject("openai")
        .put("minter", minter)
        .put("rotate_every_days", 90);

    var openai = of(json).routing().providers().get("openai");

    assertEquals(90, openai.rotateEveryDays());
    assertEquals(new RoutingConfig.Minter("openai", "admin", "proj_1", null), openai.minter());
  }

  @Test
  void aMinterThatCannotWorkIsAFault() throws IOException {
    Files.writeString(
        directory.resolve("routing.json"),
        "{\"providers\": {\"openai\": {\"models\": [\"m\"], \"minter\": {\"kind\": \"openai\","
            + " \"endpoint\": \"http://api.openai.com\", \"key\": \"x\"}}}, \"routing\": {}}");

    var told = faults(Map.of("AKM_CONFIG", directory.toString()));

    var where = "routing.json.providers.openai.minter.";
    assertTrue(told.stream().anyMatch(fault -> fault.startsWith(where + "admin_key: is required")));
    assertTrue(told.stream().anyMatch(fault -> fault.startsWith(where + "project: is required")));
    assertTrue(
        told.stream().anyMatch(fault -> fault.startsWith(where + "endpoint: must be https")));
    assertTrue(told.stream().anyMatch(fault -> fault.startsWith(where + "key: is unknown")));
  }

  @Test
  void theOriginalFormIsReadUnchanged() {
    var routing = of(OriginalRouting.json()).routing();

    assertEquals(
        List.of("anthropic", "openai", "google", "local"),
        List.copyOf(routing.providers().keySet()));
    var anthropic = routing.providers().get("anthropic");
    assertEquals("ANTHROPIC_API_KEY", anthropic.apiKeyEnv());
    assertEquals(100, anthropic.requestsPerMinute());
    assertEquals(List.of("claude-3-5-sonnet", "claude-3-opus"), anthropic.models());
    assertFalse(routing.providers().get("google").enabled());
    assertEquals("ollama", routing.providers().get("local").protocol());
    assertEquals("http://localhost:11434", routing.providers().get("local").endpoint().toString());
    assertEquals(
        new RoutingConfig.Task(
            "analysis",
            StrategyName.PRIORITY,
            List.of(new RoutingConfig.Target("openai", null, 1))),
        routing.tasks().get("analysis"));
    assertEquals(List.of("anthropic", "openai", "google", "local"), routing.fallbackOrder());
  }

  @Test
  void theConfiguredCostWinsOverTheCatalogue() {
    var prices = of(OriginalRouting.json()).prices();
    var at = Instant.parse("2026-11-22T00:00:00Z");

    assertEquals(
        6_750_000_000L,
        prices
            .priceOf("anthropic", "claude-3-opus", at)
            .orElseThrow()
            .costNanos(TokenUsage.of(400_000, 50_000)));
    assertEquals(
        7_200_000_000L,
        prices.priceOf("openai", "gpt-4", at).orElseThrow().costNanos(TokenUsage.of(240_000, 0)));
    assertEquals(Price.flat(0), prices.priceOf("local", "mistral", at).orElseThrow());
  }

  @Test
  void retiredModelsAreWarnedOfWithTheirReplacement() {
    var warnings = of(OriginalRouting.json()).routing().warnings();

    assertTrue(
        warnings.contains(
            "routing.json.providers.anthropic: `claude-3-opus` is retired since 2026-01-05; use `claude-opus-5-5`"),
        warnings.toString());
    assertEquals(5, warnings.size(), warnings.toString());
  }

  @Test
  void theRicherFormHasStrategiesTargetsAndWeights() {
    var chat = ConfigLoader.load(Map.of(), TODAY).routing().tasks().get("chat");

    assertEquals(StrategyName.WEIGHTED, chat.strategy());
    assertEquals(
        List.of(
            new RoutingConfig.Target("anthropic", null, 3),
            new RoutingConfig.Target("openai", null, 1)),
        chat.targets());
  }

  @Test
  void aTargetsModelMustBeListed() {
    var routing = OriginalRouting.json();
    routing
        .getJsonObject("routing")
        .put(
            "chat",
            new JsonObject()
                .put("strategy", "cheapst")
                .put(
                    "targets",
                    new JsonArray()
                        .add(new JsonObject().put("provider", "openai").put("model", "gpt-44"))
                        .add(7)
                        .add(new JsonObject().put("weight", 0))));

    assertEquals(
        List.of(
            "routing.json.routing.chat.strategy: must be one of priority, cheapest, weighted; did you mean `cheapest`?",
            "routing.json.routing.chat.targets[1]: must be a provider's name or an object",
            "routing.json.routing.chat.targets[2].provider: is required",
            "routing.json.routing.chat.targets[2].weight: must be a whole number from 1 to 1000",
            "routing.json.routing.chat: names the model `gpt-44`, which `openai` does not list; did you mean `gpt-4`?"),
        faultsOf(routing));
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:1234, is loopback or private: name `localhost:1234` in allowed_private_hosts of akm.json",
    "http://10.0.0.8, is loopback or private: name `10.0.0.8:80` in allowed_private_hosts of akm.json",
    "https://169.254.169.254, is loopback or private: name `169.254.169.254:443` in allowed_private_hosts of akm.json",
    "http://[::1]:8080, is loopback or private: name `[::1]:8080` in allowed_private_hosts of akm.json",
    "http://api.example.com, 'must be https: over http the key would travel in the clear'",
    "https://user:pw@api.example.com, 'must be an http or https URL without credentials, query or fragment'",
    "https://api.example.com/v1?key=1, 'must be an http or https URL without credentials, query or fragment'",
    "ftp://api.example.com, 'must be an http or https URL without credentials, query or fragment'",
    "nonsense, 'must be an http or https URL without credentials, query or fragment'"
  })
  void anEndpointThatMayLeakAKeyIsRefused(String endpoint, String told) {
    var routing = OriginalRouting.json();
    routing.getJsonObject("providers").getJsonObject("openai").put("endpoint", endpoint);

    assertEquals(List.of("routing.json.providers.openai.endpoint: " + told), faultsOf(routing));
  }

  @Test
  void aKeyInTheFileIsRefusedAndNotRepeated() {
    var routing = OriginalRouting.json();
    routing.getJsonObject("providers").getJsonObject("openai").put("api_key_env", "sk-proj-abc");

    assertEquals(
        List.of(
            "routing.json.providers.openai.api_key_env: must name an environment variable"
                + " (capitals, digits, underscores), never hold a key"),
        faultsOf(routing));
  }

  @Test
  void anUnfamiliarProviderNeedsItsProtocol() {
    var routing = OriginalRouting.json();
    routing
        .getJsonObject("providers")
        .put("mine", new JsonObject().put("models", new JsonArray().add("m")))
        .put(
            "yours",
            new JsonObject().put("protocol", "opnai").put("models", new JsonArray().add("m")))
        .put("not a name", new JsonObject());

    var all = String.join(", ", Protocols.names());
    assertEquals(
        List.of(
            "routing.json.providers.mine.protocol: is required for this name: one of " + all,
            "routing.json.providers.yours.protocol: must be one of "
                + all
                + "; did you mean `openai`?",
            "routing.json.providers.not a name: a provider's name is 1 to 64 letters, digits, hyphens or underscores"),
        faultsOf(routing));
  }

  @Test
  void aCapForUnknownPricesIsNeverZero() {
    var akm =
        new JsonObject()
            .put("unknown_price", new JsonObject().put("policy", "cap").put("cap_usd_per_mtok", 0))
            .put("budget", new JsonObject().put("webhook_url", "https://hooks.example.com/akm"));

    var fault =
        assertThrows(
            ConfigFault.class, () -> ConfigLoader.of(akm, OriginalRouting.json(), Map.of(), TODAY));

    assertEquals(
        List.of(
            "akm.json.budget.webhook_secret_env: is needed with a webhook_url: alerts are signed",
            "akm.json.unknown_price.cap_usd_per_mtok: is needed above 0 with the policy cap: no request is free"),
        fault.faults());
  }

  @Test
  void aCapPricesWhatTheCatalogueDoesNotKnow() {
    var akm =
        new JsonObject()
            .put(
                "unknown_price",
                new JsonObject().put("policy", "cap").put("cap_usd_per_mtok", 100));
    var prices = ConfigLoader.of(akm, OriginalRouting.json(), Map.of(), TODAY).prices();

    assertEquals(
        Price.flat(15_000_000),
        prices.priceOf("anthropic", "unheard-of", Instant.EPOCH).orElseThrow());
  }

  @Test
  void anOAuthIssuerIsReadWithItsDefaults() {
    assertNull(of(OriginalRouting.json()).server().oauth());

    var oauth = oauth(new JsonObject().put("issuer", "https://id.example.com/")).server().oauth();

    assertEquals("https://id.example.com/", oauth.issuer());
    assertNull(oauth.audience());
    assertNull(oauth.jwksUri());
    assertEquals("sub", oauth.subjectClaim());
    assertEquals(
        Map.of(
            "akm:read", Scope.READ_ONLY,
            "akm:client", Scope.CLIENT,
            "akm:operator", Scope.OPERATOR,
            "akm:admin", Scope.ADMIN),
        oauth.scopes());
    var fewer = new JsonObject().putNull("akm:admin").put("tools", "operator");
    assertEquals(
        Set.of("akm:read", "akm:client", "akm:operator", "tools"),
        oauth(new JsonObject().put("issuer", "http://127.0.0.1:9000").put("scopes", fewer))
            .server()
            .oauth()
            .scopes()
            .keySet());
  }

  @Test
  void anOAuthIssuerThatCannotBeTrustedIsAFault() {
    var bad =
        new JsonObject()
            .put("issuer", "http://id.example.com")
            .put("jwks_uri", "https://user@id.example.com/jwks")
            .put("subject_claim", "a b")
            .put("scopes", new JsonObject().put("a b", "client").put("x", "root"));

    var fault = assertThrows(ConfigFault.class, () -> oauth(bad));

    assertEquals(5, fault.faults().size(), fault.faults().toString());
    for (var key : List.of("issuer", "jwks_uri", "subject_claim", "scopes.a b", "scopes.x")) {
      assertTrue(
          fault.faults().stream().anyMatch(text -> text.startsWith("akm.json.auth.oauth." + key)),
          fault.faults().toString());
    }
  }

  private static Configuration oauth(JsonObject oauth) {
    var akm = new JsonObject().put("auth", new JsonObject().put("oauth", oauth));
    return ConfigLoader.of(akm, OriginalRouting.json(), Map.of(), TODAY);
  }

  private static Configuration of(JsonObject routing) {
    return ConfigLoader.of(new JsonObject(), routing, Map.of(), TODAY);
  }

  private static List<String> faults(Map<String, String> environment) {
    return assertThrows(ConfigFault.class, () -> ConfigLoader.load(environment, TODAY)).faults();
  }

  private static List<String> faultsOf(JsonObject routing) {
    return assertThrows(ConfigFault.class, () -> of(routing)).faults();
  }
}
