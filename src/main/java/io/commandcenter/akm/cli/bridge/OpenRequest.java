package io.commandcenter.akm.cli.bridge;

/** A request of the client that has no answer yet. */
final class OpenRequest {
  private final Message.Request request;
  private final boolean ofSession;
  private final Runnable done;
  private Runnable abort = () -> {};

  /**
   * @param ofSession false if the request stands for itself, as from 2026-07-28 on
   * @param done run once, when nothing more is expected
   */
  OpenRequest(Message.Request request, boolean ofSession, Runnable done) {
    this.request = request;
    this.ofSession = ofSession;
    this.done = done;
  }

  Object id() {
    return request.id();
  }

  boolean ofSession() {
    return ofSession;
  }

  /** Whether it only ends when somebody ends it. */
  boolean endless() {
    return request.method().equals("subscriptions/listen");
  }

  /** What ends its HTTP request, which may be another one after a break. */
  void abortWith(Runnable abort) {
    this.abort = abort;
  }

  void abort() {
    abort.run();
  }

  void done() {
    done.run();
  }
}
