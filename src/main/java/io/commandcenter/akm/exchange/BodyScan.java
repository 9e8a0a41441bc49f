package io.commandcenter.akm.exchange;

/**
 * What one pass over a caller's JSON body found; the places are byte offsets.
 *
 * @param model its value; null if there is none
 * @param modelAt the value's place, quotes included; null if there is none
 * @param stream its value; null if there is none
 * @param maxOutputTokens the caller's limit; null if there is none
 * @param maxOutputAt the limit's value; null if there is none
 * @param streamOptionsAt the whole value of OpenAI's {@code stream_options}; null if there is none
 * @param includeUsage whether it asks for the usage chunk
 * @param membersAt just behind the object's opening brace
 * @param empty whether the object has no members
 * @param images how many images, files and the like it refers to without their bytes
 * @param openEnded whether it refers to a text of unknown length, such as an earlier answer
 */
public record BodyScan(
    String model,
    Span modelAt,
    Boolean stream,
    Long maxOutputTokens,
    Span maxOutputAt,
    Span streamOptionsAt,
    boolean includeUsage,
    int membersAt,
    boolean empty,
    int images,
    boolean openEnded) {

  /** From start up to, not including, end. */
  public record Span(int start, int end) {}
}
