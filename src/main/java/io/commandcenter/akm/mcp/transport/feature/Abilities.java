package io.commandcenter.akm.mcp.transport.feature;

/**
 * What a client says it can do.
 *
 * @param forms whether it shows forms to its person
 * @param links whether it brings its person to a page
 */
public record Abilities(boolean forms, boolean links, boolean sampling, boolean roots) {}
