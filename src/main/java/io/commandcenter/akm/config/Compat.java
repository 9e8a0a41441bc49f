package io.commandcenter.akm.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a server that speaks OpenAI's Chat Completions differs from OpenAI: one switch for each
 * difference that breaks a request or an answer.
 *
 * @param maxTokensField auto (by the model's name), max_tokens or max_completion_tokens
 * @param streamUsage whether {@code stream_options.include_usage} is understood
 * @param systemRole system or developer
 * @param tools whether tools are understood
 * @param strict whether {@code strict} of tools is understood
 * @param topK whether {@code top_k} is understood
 * @param seed whether {@code seed} is understood
 * @param reasoning where the effort stands: reasoning_effort, reasoning (an object) or none
 * @param thinkingField where thinking is sent back in a loop of tools; null if it never is
 * @param nineLetterIds whether ids of calls are exactly nine letters and digits
 * @param endUserField safety_identifier, user, or null to leave it out
 * @param dimensionsField of embeddings; null if they have none
 * @param embeddings whether there are embeddings
 * @param keyCheckPath below the base URL: a free call with the key
 * @param keyCheckMember the list or object a good answer has; empty for a bare array; null if a
 *     good answer proves nothing
 * @param needsKey whether a request without a key makes sense
 * @param authHeader the header of the key
 * @param authScheme before the key; empty for none
 * @param extraHeaders sent with every request
 * @param reasoningBeside whether completion_tokens leave out reasoning_tokens
 * @param responses whether models that need it are asked over {@code /responses}
 */
public record Compat(
    String maxTokensField,
    boolean streamUsage,
    String systemRole,
    boolean tools,
    boolean strict,
    boolean topK,
    boolean seed,
    String reasoning,
    String thinkingField,
    boolean nineLetterIds,
    String endUserField,
    String dimensionsField,
    boolean embeddings,
    String keyCheckPath,
    String keyCheckMember,
    boolean needsKey,
    String authHeader,
    String authScheme,
    Map<String, String> extraHeaders,
    boolean reasoningBeside,
    boolean responses) {
  public Compat {
    extraHeaders = Collections.unmodifiableMap(new LinkedHashMap<>(extraHeaders));
  }
}
