package io.commandcenter.akm.core.advice;

/** A model of a provider. */
public record Place(String provider, String model) {
  @Override
  public String toString() {
    return provider + "/" + model;
  }
}
