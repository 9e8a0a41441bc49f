package io.commandcenter.akm.core.chat;

import java.util.List;

/** A piece of a turn or of an answer. */
public sealed interface Part {
  record Text(String text) implements Part {}

  /**
   * @param detail OpenAI's auto, low, high or original; null if not said
   */
  record Image(Source source, String detail) implements Part {}

  /**
   * A PDF or plain text.
   *
   * @param name of the file; null if not said
   */
  record Document(Source source, String name) implements Part {}

  /**
   * @param format for example wav or mp3
   * @param data base64
   */
  record Audio(String format, String data) implements Part {}

  /**
   * The model wants a tool called.
   *
   * @param id as the provider or the caller names the call; never blank
   * @param arguments a JSON object as text
   * @param signature Gemini's thought signature, to be sent back unchanged; null for none
   */
  record ToolCall(String id, String name, String arguments, String signature) implements Part {}

  /**
   * What a tool gave.
   *
   * @param callId of the call it answers
   * @param name of the tool; null if the dialect does not say it (see {@link ToolNames})
   * @param content texts, images and documents
   */
  record ToolResult(String callId, String name, List<Part> content, boolean isError)
      implements Part {
    public ToolResult {
      content = List.copyOf(content);
    }
  }

  /**
   * The model's thinking. A provider takes back only what it has signed itself.
   *
   * @param text may be empty
   * @param signature null for none
   * @param redacted Anthropic's encrypted thinking, instead of a text; null for none
   * @param origin the dialect's vendor that signed it: anthropic, openai, google or ollama
   */
  record Thinking(String text, String signature, String redacted, String origin) implements Part {}

  /** The model declines, in words. */
  record Refusal(String text) implements Part {}

  /** Where an image's or a document's bytes are. */
  sealed interface Source {}

  /**
   * @param mediaType for example image/png
   * @param data base64 without a data: prefix
   */
  record Inline(String mediaType, String data) implements Source {}

  /**
   * @param mediaType null if the dialect does not say it
   */
  record Url(String url, String mediaType) implements Source {}

  /** A file that was uploaded to one provider before. */
  record FileId(String id) implements Source {}
}
