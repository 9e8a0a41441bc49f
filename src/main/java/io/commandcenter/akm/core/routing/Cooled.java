package io.commandcenter.akm.core.routing;

/**
 * What cools down after a failure: a provider, one of its keys, one of its models, or a key for a
 * model.
 *
 * @param keyId null for every key
 * @param model null for every model
 */
public record Cooled(String provider, String keyId, String model) {
  static Cooled provider(String provider) {
    return new Cooled(provider, null, null);
  }
}
