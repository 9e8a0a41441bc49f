package io.commandcenter.akm.core.chat;

import io.commandcenter.akm.core.money.TokenUsage;

/**
 * One step of a streamed answer. Order: {@link Began}, then any number of the others in the order
 * of the answer, then {@link Ended}, exactly once and last. Fragments of different parts do not
 * interleave, but calls of tools may, told apart by their index.
 */
public sealed interface ChatEvent {
  /**
   * @param id and model as the provider names them; null if it does not
   */
  record Began(String id, String model) implements ChatEvent {}

  /** The next fragment of text. */
  record Text(String text) implements ChatEvent {}

  /**
   * The next fragment of thinking; a signature or redacted data ends the block it belongs to.
   *
   * @param text may be empty
   * @param signature null while the block goes on
   * @param redacted null unless the block is encrypted
   * @param origin anthropic, openai, google or ollama
   */
  record Thinking(String text, String signature, String redacted, String origin)
      implements ChatEvent {}

  /** The next fragment of a refusal in words. */
  record Refusal(String text) implements ChatEvent {}

  /**
   * A call of a tool begins.
   *
   * @param index 0, 1 … in the order of the calls
   * @param signature Gemini's thought signature; null for none
   */
  record CallBegan(int index, String id, String name, String signature) implements ChatEvent {}

  /**
   * The next fragment of a call's arguments.
   *
   * @param json joined with the others of this index it is a JSON object
   */
  record CallArguments(int index, String json) implements ChatEvent {}

  /** The provider shows that it is still there. */
  record Ping() implements ChatEvent {}

  /**
   * @param stopText the stop text that ended it; null if none did or it is not said
   * @param usage null if the provider did not say it
   */
  record Ended(StopReason stop, String stopText, TokenUsage usage) implements ChatEvent {}
}
