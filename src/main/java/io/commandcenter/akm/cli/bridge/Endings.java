package io.commandcenter.akm.cli.bridge;

/** What a client is told whose request ended without an answer of the service. */
final class Endings {
  private Endings() {}

  static String unanswered(OpenRequest open, Exchange.End end) {
    return end.refused()
        ? Replies.refusal(open.id(), end.status(), end.body())
        : error(open, "The service ended without an answer; try again");
  }

  static String broken(OpenRequest open, Service service, Exchange exchange, Throwable cause) {
    if (cause instanceof IllegalStateException tooLong) {
      return error(open, "No answer: " + tooLong.getMessage());
    }
    return error(
        open,
        exchange.connected()
            ? "The connection to "
                + service.address()
                + " broke before the answer; what was asked for may have been done: look before"
                + " you try again"
            : "No answer from "
                + service.address()
                + ": start the service (akm serve) or correct AKM_URL, then try again");
  }

  static String error(OpenRequest open, String message) {
    return Replies.error(open.id(), Replies.UNREACHABLE, message);
  }
}
