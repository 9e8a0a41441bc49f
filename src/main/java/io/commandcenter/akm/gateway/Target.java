package io.commandcenter.akm.gateway;

/**
 * Which model a call is for, and how its answer is to come.
 *
 * @param model as the caller names it
 * @param asArray whether a stream is to come as one JSON array instead of events
 */
record Target(String model, boolean streaming, boolean asArray) {}
