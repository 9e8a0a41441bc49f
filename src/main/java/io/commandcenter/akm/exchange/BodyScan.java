package io.commandcenter.akm.exchange;

/**
 * What one pass over a caller's JSON body found. Places are byte offsets.
 *
 * @param model what the body names; null if nothing
 * @param modelAt the model's value, quotes included; null if there is none
 * @param stream null if not said
 * @param maxOutputTokens the caller's limit; null if there is none
 * @param maxOutputAt the limit's value; without a limit, the {@code null} that stands in place of
 *     it or of the object it belongs in; null if there is neither
 * @param streamOptionsAt the value of OpenAI's {@code stream_options}; null if there is none
 * @param includeUsage whether the caller asks for OpenAI's usage chunk
 * @param members where a member of the body can be put in
 * @param settings where a member of Google's generationConfig or Ollama's options can be put in;
 *     null if there is no such object
 * @param inputTokens an upper bound of the input's tokens
 * @param openEnded whether it refers to something of unknown length, such as an earlier answer
 * @param unbounded the member that makes a cost without bound, such as {@code n}; null for none
 */
public record BodyScan(
    String model,
    Span modelAt,
    Boolean stream,
    Long maxOutputTokens,
    Span maxOutputAt,
    Span streamOptionsAt,
    boolean includeUsage,
    Gap members,
    Gap settings,
    long inputTokens,
    boolean openEnded,
    String unbounded) {

  /** From start up to, not including, end. */
  public record Span(int start, int end) {}

  /**
   * Just behind an object's opening brace.
   *
   * @param alone whether the object is empty, so that no comma is to follow
   */
  public record Gap(int at, boolean alone) {}
}
