package io.commandcenter.akm.mcp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.contract.Facts;
import io.commandcenter.akm.contract.Facts.TokenChanged;
import io.commandcenter.akm.contract.ReadyCalls;
import io.commandcenter.akm.core.names.RandomIds;
import io.commandcenter.akm.http.Gate;
import io.commandcenter.akm.http.RequestIds;
import io.commandcenter.akm.http.Surface;
import io.commandcenter.akm.mcp.completions.Completions;
import io.commandcenter.akm.mcp.prompts.Prompts;
import io.commandcenter.akm.mcp.resources.Pace;
import io.commandcenter.akm.mcp.resources.Resources;
import io.commandcenter.akm.mcp.resources.Updates;
import io.commandcenter.akm.mcp.tools.ToolNeeds;
import io.commandcenter.akm.mcp.tools.Tools;
import io.commandcenter.akm.mcp.transport.StreamableHttp;
import io.commandcenter.akm.mcp.transport.TransportSettings;
import io.commandcenter.akm.mcp.transport.Wiring;
import io.commandcenter.akm.mcp.transport.feature.Caller;
import io.commandcenter.akm.mcp.transport.feature.Features;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.jackson.VertxModule;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/** The MCP room: one server object, shared by every event loop of the listener. */
public final class McpVerticle extends VerticleBase {
  private static final int MAX_SUBSCRIPTIONS = 256;

  /** Far above what may be in flight at the providers. */
  private static final int MOST_WATCHED = 10_000;

  /** 128 random bits: nobody guesses the name of another's request. */
  private static final int CALL_ID_BYTES = 16;

  private final Bus bus;
  private final ServerConfig config;
  private final String version;
  private final RouteWatches watches = new RouteWatches(MOST_WATCHED);
  private final RandomIds ids = new RandomIds(new SecureRandom());
  private volatile StreamableHttp transport;

  /**
   * @param version of this server, as clients are told
   */
  public McpVerticle(Bus bus, ServerConfig config, String version) {
    this.bus = bus;
    this.config = config;
    this.version = version;
  }

  /** To be mounted when this verticle has started. */
  public Surface surface() {
    return new McpSurface(() -> transport, config.http().maxGatewayBodyBytes());
  }

  @Override
  public Future<?> start() {
    var json = json(config.http().maxJsonDepth());
    var mapper = new JacksonMcpJsonMapper(json);
    var elicitations = new Elicitations(vertx, config.vault().entryTtl());
    var features =
        new AkmFeatures(
            version,
            new ToolFeatures(Tools.all(needs()), elicitations),
            new ResourceFeatures(Resources.all(bus)),
            new PromptFeatures(Prompts.all(bus), Completions.of(bus)));
    transport = new StreamableHttp(wiring(features, mapper));
    bus.hear(Facts.ROUTE_PROGRESS, watches::heard);
    bus.hear(Facts.KEY_CHANGED, fact -> elicitations.complete(fact, transport));
    var subscribers = new TransportSubscribers(transport);
    var pace = new Pace(subscribers, System::nanoTime, this::later);
    new Updates(bus, subscribers, pace, Clock.systemUTC()).listen();
    bus.hear(Facts.TOKEN_CHANGED, this::tokenChanged);
    bus.serve(ReadyCalls.MCP, ask -> Future.succeededFuture(ready()));
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    return transport.close();
  }

  private void later(long delayMs, Runnable task) {
    vertx.setTimer(Math.max(1, delayMs), t -> task.run());
  }

  private Future<Void> pause(Duration time) {
    return vertx.timer(time.toMillis()).mapEmpty();
  }

  private ToolNeeds needs() {
    return new ToolNeeds(bus, this::pause, watches, () -> ids.next("call", CALL_ID_BYTES));
  }

  private Wiring wiring(Features features, McpJsonMapper mapper) {
    return Wiring.of(
        vertx,
        mapper,
        settings(config),
        features,
        McpVerticle::caller,
        System::nanoTime,
        Clock.systemUTC(),
        new SecureRandom());
  }

  private static JsonMapper json(int maxDepth) {
    var limits = StreamReadConstraints.builder().maxNestingDepth(maxDepth).build();
    return JsonMapper.builder(
            JsonFactory.builder()
                .streamReadConstraints(limits)
                // Of two members of one name others may see the other one.
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build())
        // Without it a JsonObject goes out as {"map": …}.
        .addModule(new VertxModule())
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
        .build();
  }

  private static TransportSettings settings(ServerConfig config) {
    var mcp = config.mcp();
    return new TransportSettings(
        mcp.maxSessions(),
        mcp.maxSessionsPerPrincipal(),
        mcp.maxRequestsInFlight(),
        mcp.maxRequestsInFlight() * mcp.maxSessionsPerPrincipal(),
        MAX_SUBSCRIPTIONS,
        mcp.sessionIdle(),
        mcp.streamKeep(),
        mcp.heartbeat(),
        mcp.upgradeToSse(),
        Duration.ofSeconds(10),
        Duration.ofMillis(500),
        config.http().drain(),
        // How long a person may take to answer an elicitation.
        config.vault().entryTtl(),
        16,
        256,
        1 << 20);
  }

  private static Caller caller(RoutingContext rc) {
    var principal = Gate.principal(rc);
    return new Caller(principal.id(), new Asker(principal, RequestIds.of(rc)));
  }

  private void tokenChanged(TokenChanged fact) {
    if (fact.change().equals("revoked")) {
      transport.drop(fact.tokenId());
    }
  }

  private ReadyCalls.Ready ready() {
    return new ReadyCalls.Ready(
        true,
        "%d sessions, %d listeners".formatted(transport.sessionCount(), transport.listenerCount()));
  }
}
