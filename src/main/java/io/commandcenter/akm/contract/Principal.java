package io.commandcenter.akm.contract;

/**
 * Who makes a call.
 *
 * @param id the token's id, for example {@code tok_…}; never the token
 */
public record Principal(String id, String name, Scope scope) {}
