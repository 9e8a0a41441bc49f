package io.commandcenter.akm.mcp.transport.stateless;

import static io.commandcenter.akm.mcp.transport.stateless.StatelessRequest.NAMESPACE;

import io.commandcenter.akm.mcp.transport.Revisions;
import io.commandcenter.akm.mcp.transport.feature.Ask;
import io.commandcenter.akm.mcp.transport.feature.Caching;
import io.commandcenter.akm.mcp.transport.feature.Features;
import io.commandcenter.akm.mcp.transport.feature.ServerCard;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Messages of this revision as JSON. */
final class Replying {
  private static final TypeRef<Map<String, Object>> MEMBERS = new TypeRef<>() {};
  private static final Set<String> CACHEABLE =
      Set.of(
          McpSchema.METHOD_TOOLS_LIST,
          McpSchema.METHOD_PROMPT_LIST,
          McpSchema.METHOD_RESOURCES_LIST,
          McpSchema.METHOD_RESOURCES_READ,
          McpSchema.METHOD_RESOURCES_TEMPLATES_LIST);
  private static final long DISCOVERY_TTL_MS = 3_600_000;

  private final Features features;
  private final McpJsonMapper mapper;
  private final Map<String, Object> serverInfo;
  private final Map<String, Object> ownMeta;

  Replying(Features features, McpJsonMapper mapper) {
    this.features = features;
    this.mapper = mapper;
    var card = features.card();
    serverInfo = Map.of("name", card.name(), "title", card.title(), "version", card.version());
    ownMeta = Map.of(NAMESPACE + "serverInfo", serverInfo);
  }

  String complete(StatelessRequest request, Object result) {
    var members = new LinkedHashMap<String, Object>();
    members.put("resultType", "complete");
    if (CACHEABLE.contains(request.method())) {
      cached(members, features.caching(request.method()));
    }
    if (result instanceof McpSchema.Result plain && plain.meta() == null) {
      return joined(request.id(), members, json(result));
    }
    members.putAll(mapper.convertValue(result, MEMBERS));
    return result(request.id(), members);
  }

  /**
   * The result is written once, and its members joined to ours as text: to take it apart into a map
   * first cost a fifth of a request.
   */
  private String joined(Object id, Map<String, Object> members, String result) {
    members.put("_meta", ownMeta);
    var own = json(members);
    var all =
        result.equals("{}") ? own : own.substring(0, own.length() - 1) + ',' + result.substring(1);
    return "{\"jsonrpc\":\"2.0\",\"id\":" + json(id) + ",\"result\":" + all + '}';
  }

  private static void cached(Map<String, Object> members, Caching caching) {
    members.put("ttlMs", caching.ttlMs());
    members.put("cacheScope", caching.shared() ? "public" : "private");
  }

  String discovery(StatelessRequest request) {
    var card = features.card();
    var members = new LinkedHashMap<String, Object>();
    members.put("resultType", "complete");
    members.put("supportedVersions", Revisions.ALL);
    members.put("capabilities", capabilities(card));
    members.put("instructions", card.instructions());
    cached(members, new Caching(DISCOVERY_TTL_MS, true));
    return result(request.id(), members);
  }

  private static Map<String, Object> capabilities(ServerCard card) {
    return Map.of(
        "tools", Map.of("listChanged", card.changing().contains("tools")),
        "prompts", Map.of("listChanged", card.changing().contains("prompts")),
        "resources",
            Map.of("listChanged", card.changing().contains("resources"), "subscribe", true),
        "completions", Map.of());
  }

  /**
   * @param requests by key
   * @param state signed; null for none
   */
  String inputRequired(StatelessRequest request, Map<String, Ask> requests, String state) {
    var members = new LinkedHashMap<String, Object>();
    members.put("resultType", "input_required");
    if (!requests.isEmpty()) {
      var asked = new HashMap<String, Object>();
      requests.forEach((key, ask) -> asked.put(key, asked(ask)));
      members.put("inputRequests", asked);
    }
    if (state != null) {
      members.put("requestState", state);
    }
    return result(request.id(), members);
  }

  private Map<String, Object> asked(Ask ask) {
    if (ask instanceof Ask.Elicit elicit) {
      var params = new LinkedHashMap<String, Object>();
      params.put("mode", elicit.request().mode());
      params.putAll(mapper.convertValue(elicit.request(), MEMBERS));
      return Map.of("method", McpSchema.METHOD_ELICITATION_CREATE, "params", params);
    }
    if (ask instanceof Ask.Sample sample) {
      return Map.of(
          "method",
          McpSchema.METHOD_SAMPLING_CREATE_MESSAGE,
          "params",
          mapper.convertValue(sample.request(), MEMBERS));
    }
    return Map.of("method", McpSchema.METHOD_ROOTS_LIST, "params", Map.of());
  }

  private String result(Object id, Map<String, Object> members) {
    var meta = new LinkedHashMap<String, Object>();
    if (members.get("_meta") instanceof Map<?, ?> given) {
      given.forEach((name, value) -> meta.put(String.valueOf(name), value));
    }
    meta.put(NAMESPACE + "serverInfo", serverInfo);
    members.put("_meta", meta);
    return json(Map.of("jsonrpc", "2.0", "id", id, "result", members));
  }

  /**
   * @param id null if none was understood
   */
  String error(Object id, JSONRPCError error) {
    var said = new LinkedHashMap<String, Object>();
    said.put("code", error.code());
    said.put("message", error.message());
    if (error.data() != null) {
      said.put("data", error.data());
    }
    var message = new LinkedHashMap<String, Object>();
    message.put("jsonrpc", "2.0");
    message.put("id", id);
    message.put("error", said);
    return json(message);
  }

  String error(Object id, int code, String message) {
    return error(id, new JSONRPCError(code, message));
  }

  String notification(String method, Map<String, Object> params) {
    return json(Map.of("jsonrpc", "2.0", "method", method, "params", params));
  }

  private String json(Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The result that ends a subscription. */
  String ended(Object subscription) {
    var members = new LinkedHashMap<String, Object>();
    members.put("resultType", "complete");
    members.put("_meta", Map.of(NAMESPACE + "subscriptionId", subscription));
    return result(subscription, members);
  }
}
