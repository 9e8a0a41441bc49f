package io.commandcenter.akm.simulator.wire;

/** What a simulated provider answers. */
public sealed interface Said permits Reply, Streamed {}
