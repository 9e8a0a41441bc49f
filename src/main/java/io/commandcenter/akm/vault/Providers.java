package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.ProviderOrigin;
import io.commandcenter.akm.provider.Endpoint;
import java.util.Map;
import java.util.TreeSet;

/** The configured providers and where they are reached. */
final class Providers {
  private final Map<String, Endpoint> endpoints;

  Providers(Map<String, Endpoint> endpoints) {
    this.endpoints = Map.copyOf(endpoints);
  }

  /** The endpoint, or UNKNOWN_PROVIDER with the names there are. */
  Endpoint endpoint(String provider) {
    var endpoint = endpoints.get(provider);
    if (endpoint == null) {
      // The name itself is not repeated: it could be a key in the wrong place.
      throw new Failure(
          Code.UNKNOWN_PROVIDER,
          "no such provider is configured; use one of "
              + String.join(", ", new TreeSet<>(endpoints.keySet())));
    }
    return endpoint;
  }

  String originHash(String provider) {
    return ProviderOrigin.hash(endpoint(provider).base());
  }
}
