package io.commandcenter.akm.core.grants;

/**
 * @param token whose limit it is; all its descendants' requests count
 * @param perMinute above 0
 */
public record RateLimit(String token, int perMinute) {}
