package io.commandcenter.akm.provider;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.Secret;
import io.vertx.core.Future;
import java.net.URI;

/**
 * Makes and revokes keys at a provider, with an admin key that can do nothing else here. Its
 * futures fail with a {@link Failure} of our own words.
 */
public interface Minter {
  /**
   * Where keys are made.
   *
   * @param kind openai, openrouter or anthropic
   * @param base null for the kind's own
   * @param project for openai: the project whose service accounts the keys are
   */
  record Place(String kind, URI base, String project) {}

  /**
   * A new key.
   *
   * @param id the provider's name of it, with which it is revoked
   */
  record Minted(String id, Secret secret) {}

  /** Whether this kind can make keys, or only take them out of use. */
  boolean makes(Place place);

  /**
   * @param name what the provider's own console shows of the key
   */
  Future<Minted> make(Place place, Secret admin, String name);

  /** Also succeeds if the provider knows no such key any more. */
  Future<Void> revoke(Place place, Secret admin, String id);

  /** Ends the connections. */
  Future<Void> close();
}
