package io.commandcenter.akm.bench;

/**
 * What came of a load.
 *
 * @param perSecond answers a second
 * @param cpuMicros of the gateway for each answer, NaN without a gateway
 * @param chunksPerSecond events of streams a second
 * @param cpuMicrosPerChunk of the gateway, NaN without one
 * @param latency nanoseconds from the moment a request was due to the last byte of its answer
 * @param toFirstChunk nanoseconds from that moment to the first event with text
 * @param failed requests without a complete good answer
 * @param lost events that never came, ends of streams among them
 * @param disordered events that were not the next one
 * @param residentMib the most memory the gateway held, 0 if that is unknown
 */
record Measured(
    double perSecond,
    double cpuMicros,
    double chunksPerSecond,
    double cpuMicrosPerChunk,
    Percentiles latency,
    Percentiles toFirstChunk,
    long failed,
    long lost,
    long disordered,
    long residentMib) {}
