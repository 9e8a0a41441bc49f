package io.commandcenter.akm.mcp.tools;

import io.vertx.core.json.JsonObject;

/** Whoever sits in front of the client, out of the model's sight. */
public interface Person {
  /**
   * Whether the client can bring a page to the person by itself; otherwise the link has to stand in
   * the answer's text.
   */
  boolean canBeAsked();

  /** What became of the page that this call has asked to open; null in its first round. */
  Reply reply();

  /** What came of asking; agreeing says nothing of what the person then does on the page. */
  enum Outcome {
    AGREED,
    DECLINED,
    /** The client did not bring the page to the person: the link has to go into a text. */
    NOT_SHOWN
  }

  /**
   * @param memory as it was in {@link ToolAnswer.Opening}
   */
  record Reply(Outcome outcome, JsonObject memory) {}
}
