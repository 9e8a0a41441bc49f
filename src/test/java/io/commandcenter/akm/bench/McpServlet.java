package io.commandcenter.akm.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import reactor.core.publisher.Mono;

/**
 * What a user of the MCP Java SDK would run otherwise: its own servlet on Jetty. Its asynchronous
 * server is taken, which answers on the thread that asks and is the faster of its two.
 *
 * <p>Argument: the port.
 */
public final class McpServlet {
  private McpServlet() {}

  public static void main(String[] arguments) throws Exception {
    McpEcho.beQuiet();
    var transport =
        HttpServletStreamableServerTransportProvider.builder()
            .jsonMapper(new JacksonMcpJsonMapper(new JsonMapper()))
            .mcpEndpoint("/mcp")
            .build();
    McpServer.async(transport)
        .serverInfo("bench", "1")
        .capabilities(ServerCapabilities.builder().tools(false).build())
        .toolCall(McpEcho.tool(), (exchange, call) -> Mono.just(McpEcho.answer(call.arguments())))
        .build();
    var server = new Server();
    var connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    connector.setPort(Integer.parseInt(arguments[0]));
    connector.setAcceptQueueSize(4096);
    server.addConnector(connector);
    var context = new ServletContextHandler();
    var holder = new ServletHolder(transport);
    holder.setAsyncSupported(true);
    context.addServlet(holder, "/mcp");
    server.setHandler(context);
    server.start();
  }
}
