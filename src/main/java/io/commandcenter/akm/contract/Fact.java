package io.commandcenter.akm.contract;

/**
 * A typed address on which something that has happened is published, as JSON, to every node.
 *
 * @param address for example {@code akm.fact.key-changed.v1}
 * @param purpose one sentence, as it stands in docs/bus.md
 */
public record Fact<T extends Record>(String address, Class<T> body, String purpose) {}
