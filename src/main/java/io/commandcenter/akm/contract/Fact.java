package io.commandcenter.akm.contract;

/**
 * A typed address on which something that has happened is published, as JSON, to every node.
 *
 * @param address for example {@code akm.fact.key-changed.v1}
 * @param purpose one sentence, as it stands in docs/bus.md
 * @param frequent whether each request has one: then it goes by reference inside a process, and as
 *     JSON only where there is a cluster to hear it
 */
public record Fact<T extends Record>(
    String address, Class<T> body, String purpose, boolean frequent) {
  /** One that does not come with each request. */
  public Fact(String address, Class<T> body, String purpose) {
    this(address, body, purpose, false);
  }
}
