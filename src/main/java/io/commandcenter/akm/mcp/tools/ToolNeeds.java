package io.commandcenter.akm.mcp.tools;

import io.commandcenter.akm.contract.Asking;
import java.util.function.Supplier;

/**
 * What the tools are given to work with.
 *
 * @param pause a timer
 * @param watch tells how far a routed request is
 * @param callIds names that never repeat, one for each routed request
 */
public record ToolNeeds(Asking bus, Pause pause, RouteWatch watch, Supplier<String> callIds) {}
