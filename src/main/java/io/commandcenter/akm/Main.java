package io.commandcenter.akm;

import io.commandcenter.akm.access.AccessVerticle;
import io.commandcenter.akm.admin.AdminSurface;
import io.commandcenter.akm.admin.EntrySurface;
import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.cli.AkmCommand;
import io.commandcenter.akm.cli.Screen;
import io.commandcenter.akm.cli.Starter;
import io.commandcenter.akm.cli.Version;
import io.commandcenter.akm.config.Configuration;
import io.commandcenter.akm.config.PublicUrl;
import io.commandcenter.akm.config.RoutingConfig;
import io.commandcenter.akm.core.crypto.Seal;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.core.crypto.WebhookSigner;
import io.commandcenter.akm.gateway.GatewaySurface;
import io.commandcenter.akm.health.HealthVerticle;
import io.commandcenter.akm.http.Listener;
import io.commandcenter.akm.mcp.McpVerticle;
import io.commandcenter.akm.provider.Endpoint;
import io.commandcenter.akm.provider.HttpMinter;
import io.commandcenter.akm.provider.HttpUpstream;
import io.commandcenter.akm.provider.Protocols;
import io.commandcenter.akm.router.RouterVerticle;
import io.commandcenter.akm.store.AuditStore;
import io.commandcenter.akm.store.DataDirectory;
import io.commandcenter.akm.store.Database;
import io.commandcenter.akm.usage.UsageSettings;
import io.commandcenter.akm.usage.UsageVerticle;
import io.commandcenter.akm.usage.Webhook;
import io.commandcenter.akm.vault.Unsealing;
import io.commandcenter.akm.vault.VaultSetup;
import io.commandcenter.akm.vault.VaultVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** All the wiring, readable top to bottom. */
public final class Main {
  private final Vertx vertx;
  private final Configuration configuration;
  private final Map<String, String> environment;
  private final Clock clock = Clock.systemUTC();
  private final SecureRandom random = new SecureRandom();
  private final PublicUrl url = new PublicUrl();
  private final Bus bus;
  private final Deployment deployment;

  private Main(Vertx vertx, Configuration configuration, Map<String, String> environment) {
    this.vertx = vertx;
    this.configuration = configuration;
    this.environment = Map.copyOf(environment);
    bus = new Bus(vertx);
    deployment = new Deployment(vertx, url);
  }

  public static void main(String[] arguments) {
    int code = AkmCommand.run(arguments, Main::start, System.getenv(), Screen.ofTerminal());
    if (code != 0) {
      System.exit(code);
    }
  }

  /** Starts every room in order; what has started is stopped again if a later one cannot start. */
  public static Future<Starter.Running> start(
      Vertx vertx, Configuration configuration, Map<String, String> environment) {
    var main = new Main(vertx, configuration, environment);
    return main.open()
        .map(running -> (Starter.Running) running)
        .recover(cause -> main.deployment.stop().transform(v -> Future.failedFuture(cause)));
  }

  private Future<Deployment> open() {
    return vertx
        .executeBlocking(() -> DataDirectory.open(configuration.server().dataDir()))
        .compose(
            directory -> {
              deployment.onStop("data directory", directory::close);
              return Database.open(vertx, directory.database());
            })
        .compose(
            database -> {
              deployment.onStop("database", database::close);
              return Unsealing.open(
                      vertx, database, environment, configuration.server(), clock, random)
                  .compose(seal -> deploy(database, seal));
            });
  }

  private Future<Deployment> deploy(Database database, Seal seal) {
    var server = configuration.server();
    var routing = configuration.routing();
    var endpoints = endpoints(routing);
    var audit = AuditStore.of(database, seal, server.audit().node());
    var upstream = new HttpUpstream(vertx, server.router(), server.allowedPrivateHosts(), clock);
    deployment.onStop("provider connections", upstream::close);
    var minter = new HttpMinter(vertx, server.router(), server.allowedPrivateHosts(), clock);
    deployment.onStop("minter connections", minter::close);
    var vault =
        new VaultVerticle(
            new VaultSetup(
                bus,
                database,
                audit,
                seal,
                server,
                endpoints,
                routing,
                upstream,
                minter,
                url,
                environment,
                clock,
                random));
    var access =
        new AccessVerticle(
            bus, database, audit, seal, server.dataDir(), environment, clock, random);
    var usage = new UsageVerticle(bus, database, audit, usageSettings(), clock);
    var health = new HealthVerticle(bus, server.health(), endpoints, upstream, clock);
    var router =
        new RouterVerticle(
            bus,
            routing,
            server.router(),
            configuration.prices(),
            upstream,
            endpoints,
            clock,
            System::nanoTime,
            random,
            server.budget().monthlyNanos() != null && server.budget().hard(),
            usage.settling());
    var mcp = new McpVerticle(bus, server, Version.number());
    // The contract takes the longest to read: it is read while the rooms start.
    var admin = AdminSurface.load(vertx, bus, server);
    return deployment
        .then("vault", vault)
        .compose(d -> d.then("access", access))
        .compose(d -> d.then("usage", usage))
        .compose(d -> d.then("health", health))
        .compose(d -> d.then("router", router))
        .compose(d -> d.then("mcp", mcp))
        .compose(d -> admin)
        .compose(
            surface ->
                listen(
                    new Listener(
                        bus,
                        server,
                        url,
                        // Routes are tried in this order: those of the data plane come first.
                        List.of(
                            new GatewaySurface(vertx, bus, router.exchanging(), server, clock),
                            mcp.surface(),
                            surface,
                            new EntrySurface(bus, url)))));
  }

  private Future<Deployment> listen(Listener listener) {
    deployment.routes(listener::routes);
    return deployment.thenDo("http", listener::deploy);
  }

  /**
   * The providers that may be routed to, where the configuration or their protocol says they are.
   */
  private static Map<String, Endpoint> endpoints(RoutingConfig routing) {
    var endpoints = new LinkedHashMap<String, Endpoint>();
    for (var provider : routing.providers().values()) {
      var protocol = Protocols.of(provider).orElseThrow();
      var base =
          provider.endpoint() == null
              ? URI.create(protocol.defaultEndpoint())
              : provider.endpoint();
      endpoints.put(provider.name(), new Endpoint(provider.name(), protocol, base));
    }
    return Collections.unmodifiableMap(endpoints);
  }

  private UsageSettings usageSettings() {
    return new UsageSettings(
        configuration.prices(),
        configuration.models(),
        configuration.routing(),
        configuration.server().budget(),
        webhook(),
        UUID.randomUUID().toString(),
        configuration.server().dataDir());
  }

  private Webhook webhook() {
    var budget = configuration.server().budget();
    if (budget.webhookUrl() == null) {
      return null;
    }
    var secret = environment.get(budget.webhookSecretEnv());
    if (secret == null || secret.isBlank()) {
      throw new IllegalStateException(
          "the variable "
              + budget.webhookSecretEnv()
              + " is empty: it must hold the secret that signs budget alerts");
    }
    return Webhook.of(
        budget.webhookUrl(),
        configuration.server().allowedPrivateHosts(),
        new WebhookSigner(Secret.of(secret)));
  }
}
