package io.commandcenter.akm.mcp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.contract.Facts;
import io.commandcenter.akm.contract.Facts.TokenChanged;
import io.commandcenter.akm.contract.ReadyCalls;
import io.commandcenter.akm.http.Gate;
import io.commandcenter.akm.http.RequestIds;
import io.commandcenter.akm.http.Surface;
import io.commandcenter.akm.mcp.resources.Resources;
import io.commandcenter.akm.mcp.tools.Tools;
import io.commandcenter.akm.mcp.transport.Rx;
import io.commandcenter.akm.mcp.transport.StreamableHttp;
import io.commandcenter.akm.mcp.transport.TransportSettings;
import io.commandcenter.akm.mcp.transport.feature.Caller;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.json.schema.jackson2.DefaultJsonSchemaValidator;
import io.modelcontextprotocol.server.McpAsyncServer;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.jackson.VertxModule;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/** The MCP room: one server object, shared by every event loop of the listener. */
public final class McpVerticle extends VerticleBase {
  private static final String INSTRUCTIONS =
      """
      This server keeps API keys of AI providers sealed, routes requests to the best provider and \
      accounts for tokens and cost. Start with api://providers and api://routing to see what is \
      configured. Keys never pass through this conversation: add_api_key and rotate_key take the \
      name of an environment variable of the server, or answer with a one-time link for a person. \
      Never ask for a key and never put one into an argument; a key that was shown here is burned \
      and must be revoked at its provider. Costs are US dollars; budgets are monthly.""";

  private final Bus bus;
  private final ServerConfig config;
  private final String version;
  private volatile StreamableHttp transport;
  private volatile McpAsyncServer server;

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
    transport =
        new StreamableHttp(vertx, mapper, settings(config), McpVerticle::caller, System::nanoTime);
    var elicitations = new Elicitations(vertx, config.vault().entryTtl());
    server = server(mapper, new DefaultJsonSchemaValidator(json), elicitations);
    bus.hear(Facts.KEY_CHANGED, fact -> elicitations.complete(fact, server));
    bus.hear(Facts.TOKEN_CHANGED, this::tokenChanged);
    bus.serve(ReadyCalls.MCP, ask -> Future.succeededFuture(ready()));
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    return Rx.future(context, server.closeGracefully());
  }

  private McpAsyncServer server(
      McpJsonMapper mapper, JsonSchemaValidator validator, Elicitations elicitations) {
    return McpServer.async(transport)
        .serverInfo(Implementation.builder("akm", version).title("API Key Manager").build())
        .instructions(INSTRUCTIONS)
        .capabilities(ServerCapabilities.builder().tools(false).resources(false, false).build())
        // How long a person may take to answer an elicitation.
        .requestTimeout(config.vault().entryTtl())
        .jsonMapper(mapper)
        .jsonSchemaValidator(validator)
        // ToolAdapter does it, after its key guard: the SDK's validator logs what it refuses.
        .validateToolInputs(false)
        .tools(
            Tools.all(bus).stream()
                .map(tool -> new ToolAdapter(tool, elicitations).specification())
                .toList())
        .resources(
            Resources.all(bus).stream()
                .filter(resource -> !resource.card().isTemplate())
                .map(ResourceAdapter::specification)
                .toList())
        .build();
  }

  private static JsonMapper json(int maxDepth) {
    var limits = StreamReadConstraints.builder().maxNestingDepth(maxDepth).build();
    return JsonMapper.builder(JsonFactory.builder().streamReadConstraints(limits).build())
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
        mcp.sessionIdle(),
        mcp.streamKeep(),
        mcp.heartbeat(),
        mcp.upgradeToSse(),
        Duration.ofSeconds(10),
        Duration.ofMillis(500),
        config.http().drain(),
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
      transport.dropSessionsOf(fact.tokenId()).subscribe();
    }
  }

  private ReadyCalls.Ready ready() {
    return new ReadyCalls.Ready(true, transport.sessionCount() + " sessions");
  }
}
