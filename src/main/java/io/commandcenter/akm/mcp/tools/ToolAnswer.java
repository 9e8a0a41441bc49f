package io.commandcenter.akm.mcp.tools;

import io.vertx.core.json.JsonObject;

/**
 * @param structured fits the tool's output schema
 * @param text the same for a reader: sentences or a table
 */
public record ToolAnswer(JsonObject structured, String text) {}
