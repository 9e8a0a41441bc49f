package io.commandcenter.akm.core.chat;

import java.util.List;

/**
 * What is asked of a model. Everything but the turns is optional; what is absent is left to the
 * provider.
 *
 * @param turns in order, system turns among them
 * @param tools that the model may call; empty for none
 * @param toolChoice null to leave it to the provider
 * @param format of the answer; null for plain text
 * @param reasoning null to leave it to the provider
 * @param sampling how the answer's tokens are drawn
 * @param maxOutputTokens null if the caller names none
 * @param stop texts that end the answer
 * @param endUser an opaque id of the caller's own user; null for none
 */
public record ChatRequest(
    List<Turn> turns,
    List<Tool> tools,
    ToolChoice toolChoice,
    OutputFormat format,
    Reasoning reasoning,
    Sampling sampling,
    Integer maxOutputTokens,
    List<String> stop,
    String endUser) {
  public ChatRequest {
    turns = List.copyOf(turns);
    tools = List.copyOf(tools);
    stop = List.copyOf(stop);
    sampling = sampling == null ? Sampling.DEFAULT : sampling;
  }

  /** Texts only. */
  public static ChatRequest of(List<Turn> turns) {
    return new ChatRequest(turns, List.of(), null, null, null, null, null, List.of(), null);
  }

  /** The same with another sampling and other stop texts. */
  public ChatRequest with(Sampling sampling, List<String> stop) {
    return new ChatRequest(
        turns, tools, toolChoice, format, reasoning, sampling, maxOutputTokens, stop, endUser);
  }

  /** Texts of the system turns, joined by a blank line; empty for none. */
  public String system() {
    var joined = new StringBuilder();
    for (var turn : turns) {
      if (turn.role() == Turn.Role.SYSTEM) {
        joined.append(joined.isEmpty() ? "" : "\n\n").append(turn.text());
      }
    }
    return joined.toString();
  }
}
