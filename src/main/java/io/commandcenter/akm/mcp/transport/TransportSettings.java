package io.commandcenter.akm.mcp.transport;

import java.time.Duration;

/**
 * The limits of the transport; every one is per process.
 *
 * @param maxInFlight requests of one session at a time
 * @param maxCallerInFlight requests of one caller at a time in the stateless lane
 * @param maxSubscriptions resources that one session, or one listener, may subscribe to
 * @param sessionIdle a session without requests and open streams is dropped after it
 * @param streamKeep how long a stream that lost its connection can be resumed
 * @param heartbeat between the comments that keep a stream's connection open; also how often idle
 *     things are looked for
 * @param upgradeToSse an answer that takes longer becomes an event stream
 * @param stall a connection that takes no data for so long is dropped; its stream can be resumed
 * @param retry what clients are told to wait before they resume
 * @param drain how long closing waits for running requests
 * @param patience how long a client may take to answer what it is asked
 * @param maxKeptStreams finished streams of one session that are kept for resumption
 * @param maxStreamEvents and {@code maxStreamBytes}: how much of one stream can be replayed
 */
public record TransportSettings(
    int maxSessions,
    int maxSessionsPerCaller,
    int maxInFlight,
    int maxCallerInFlight,
    int maxSubscriptions,
    Duration sessionIdle,
    Duration streamKeep,
    Duration heartbeat,
    Duration upgradeToSse,
    Duration stall,
    Duration retry,
    Duration drain,
    Duration patience,
    int maxKeptStreams,
    int maxStreamEvents,
    int maxStreamBytes) {}
