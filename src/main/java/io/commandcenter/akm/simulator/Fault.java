package io.commandcenter.akm.simulator;

import java.time.Duration;

/** What a simulated provider can do wrong. */
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

  record Status(int status) implements Fault {}

  record Delay(Duration by) implements Fault {}

  record Hang() implements Fault {}

  record Cut() implements Fault {}

  record Garbage() implements Fault {}

  record Empty() implements Fault {}
}
