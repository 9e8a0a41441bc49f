package io.commandcenter.akm.contract;

import java.util.List;

/**
 * A typed, versioned request/reply address of the bus.
 *
 * @param address for example {@code akm.vault.list.v1}
 * @param purpose one sentence, as it stands in docs/bus.md
 * @param errors the codes it may fail with, besides {@link #COMMON}
 */
public record Call<Q extends Record, A extends Record>(
    String address,
    Class<Q> request,
    Class<A> answer,
    Reach reach,
    String purpose,
    List<Code> errors) {
  /** What every call may fail with. */
  public static final List<Code> COMMON =
      List.of(
          Code.BAD_REQUEST,
          Code.TOO_LARGE,
          Code.UNAVAILABLE,
          Code.DEADLINE_EXCEEDED,
          Code.INTERNAL);

  public Call {
    errors = List.copyOf(errors);
  }

  public static <Q extends Record, A extends Record> Call<Q, A> cluster(
      String address, Class<Q> request, Class<A> answer, String purpose, Code... errors) {
    return new Call<>(address, request, answer, Reach.CLUSTER, purpose, List.of(errors));
  }

  public static <Q extends Record, A extends Record> Call<Q, A> node(
      String address, Class<Q> request, Class<A> answer, String purpose, Code... errors) {
    return new Call<>(address, request, answer, Reach.NODE, purpose, List.of(errors));
  }
}
