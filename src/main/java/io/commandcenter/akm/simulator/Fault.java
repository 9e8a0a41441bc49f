package io.commandcenter.akm.simulator;

import java.time.Duration;

/**
 * What a simulated provider can do wrong. Where a fault strikes after a number of pieces, these are
 * the pieces of a stream that bring content; an answer that is not streamed is one piece.
 */
public sealed interface Fault {
  /** The provider's own answer of this status, with its body and headers. */
  static Fault status(int status) {
    return new Status(status);
  }

  /** The right answer, late. */
  static Fault delay(Duration by) {
    return new Delay(by);
  }

  /** No answer; the connection stays open. */
  static Fault hang() {
    return new Hang();
  }

  /** The connection closes in the middle of the body. */
  static Fault cut() {
    return new Cut();
  }

  /** 200 with a body that is no JSON. */
  static Fault garbage() {
    return new Garbage();
  }

  /** 200 with an empty body. */
  static Fault empty() {
    return new Empty();
  }

  /** The format's own error inside the stream, and then its end; 0 pieces for before any. */
  static Fault errorAfter(int pieces) {
    return new After(pieces, Break.ERROR);
  }

  /** The connection closes. */
  static Fault cutAfter(int pieces) {
    return new After(pieces, Break.CUT);
  }

  /** The answer ends as if it were complete, without what ends it. */
  static Fault endAfter(int pieces) {
    return new After(pieces, Break.END);
  }

  /** Silence; the connection stays open. */
  static Fault stallAfter(int pieces) {
    return new After(pieces, Break.STALL);
  }

  /** Bytes that mean nothing, and then the rest of the stream. */
  static Fault garbageAfter(int pieces) {
    return new After(pieces, Break.GARBAGE);
  }

  /** One line of 32 MB, and then the rest of the stream. */
  static Fault oversizedAfter(int pieces) {
    return new After(pieces, Break.OVERSIZED);
  }

  /** The right answer, with this much time before each piece. */
  static Fault drip(Duration gap) {
    return new Drip(gap);
  }

  record Status(int status) implements Fault {}

  record Delay(Duration by) implements Fault {}

  record Hang() implements Fault {}

  record Cut() implements Fault {}

  record Garbage() implements Fault {}

  record Empty() implements Fault {}

  record After(int pieces, Break how) implements Fault {}

  record Drip(Duration gap) implements Fault {}

  /** How a stream breaks. */
  enum Break {
    ERROR,
    CUT,
    END,
    STALL,
    GARBAGE,
    OVERSIZED
  }
}
