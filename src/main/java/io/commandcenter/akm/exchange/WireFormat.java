package io.commandcenter.akm.exchange;

/** The formats of requests and answers that programs and providers speak, one for each call. */
public enum WireFormat {
  OPENAI_CHAT(Kind.CHAT),
  OPENAI_RESPONSES(Kind.CHAT),
  OPENAI_COMPLETIONS(Kind.CHAT),
  OPENAI_EMBEDDINGS(Kind.EMBEDDINGS),
  ANTHROPIC_MESSAGES(Kind.CHAT),
  ANTHROPIC_COUNT_TOKENS(Kind.COUNT),
  GOOGLE_GENERATE(Kind.CHAT),
  GOOGLE_EMBED(Kind.EMBEDDINGS),
  GOOGLE_BATCH_EMBED(Kind.EMBEDDINGS),
  GOOGLE_COUNT_TOKENS(Kind.COUNT),
  OLLAMA_CHAT(Kind.CHAT),
  OLLAMA_GENERATE(Kind.CHAT),
  OLLAMA_EMBED(Kind.EMBEDDINGS);

  /** What is asked for. COUNT costs nothing. */
  public enum Kind {
    CHAT,
    EMBEDDINGS,
    COUNT
  }

  private final Kind kind;

  WireFormat(Kind kind) {
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
