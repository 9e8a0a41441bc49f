package io.commandcenter.akm.core.routing;

/** What a provider can embed with. */
public enum EmbeddingSupport {
  NONE,
  EMBEDDING_MODELS,
  ANY_MODEL
}
