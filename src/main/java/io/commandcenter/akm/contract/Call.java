package io.commandcenter.akm.contract;

/**
 * A typed, versioned request/reply address of the bus.
 *
 * @param address for example {@code akm.vault.list.v1}
 * @param purpose one sentence, as it stands in docs/bus.md
 */
public record Call<Q extends Record, A extends Record>(
    String address, Class<Q> request, Class<A> answer, Reach reach, String purpose) {

  public static <Q extends Record, A extends Record> Call<Q, A> cluster(
      String address, Class<Q> request, Class<A> answer, String purpose) {
    return new Call<>(address, request, answer, Reach.CLUSTER, purpose);
  }

  public static <Q extends Record, A extends Record> Call<Q, A> node(
      String address, Class<Q> request, Class<A> answer, String purpose) {
    return new Call<>(address, request, answer, Reach.NODE, purpose);
  }
}
