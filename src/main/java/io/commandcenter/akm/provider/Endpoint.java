package io.commandcenter.akm.provider;

import java.net.URI;

/**
 * Where a configured provider is reached.
 *
 * @param provider its name in routing.json
 * @param base without a trailing slash; the protocol's paths are appended
 */
public record Endpoint(String provider, Protocol protocol, URI base) {}
