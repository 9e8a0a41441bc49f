package io.commandcenter.akm.core.routing;

import static io.commandcenter.akm.core.routing.Situation.chat;
import static io.commandcenter.akm.core.routing.Situation.embed;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The original configuration routes as it says: golden decisions. */
class OriginalConfigurationTest {
  private final Situation situation = new Situation();

  @Test
  void codeGenerationGoesToAnthropic() {
    assertEquals(
        """
        1 anthropic/claude-3-5-sonnet key_anthropic task-target: target 1 of task code_generation
        2 openai/gpt-4 key_openai fallback-order: next in fallback_order
        3 local/codellama null fallback-order: next in fallback_order
        - google/gemini-pro null disabled: disabled in the routing configuration
        Task code_generation goes to anthropic with claude-3-5-sonnet (target 1 of task code_generation); then openai, local; passed over: google (disabled).
        """,
        situation.golden(chat("code_generation")));
  }

  @Test
  void embeddingsGoToLocal() {
    assertEquals(
        """
        1 local/codellama null task-target: target 1 of task embeddings
        - anthropic/null null no-embeddings: has no model for embeddings here
        - openai/null null no-embeddings: has no model for embeddings here
        - google/null null disabled: disabled in the routing configuration
        Task embeddings goes to local with codellama (target 1 of task embeddings); passed over: anthropic (no embeddings), openai (no embeddings), google (disabled).
        """,
        situation.golden(embed("embeddings")));
  }

  @Test
  void analysisGoesToOpenai() {
    assertEquals(List.of("openai", "anthropic", "local"), situation.order(chat("analysis")));
  }

  @Test
  void chatGoesToAnthropic() {
    assertEquals(List.of("anthropic", "openai", "local"), situation.order(chat("chat")));
  }

  @Test
  void aChatWithoutATaskIsTheTaskChat() {
    assertEquals("chat", situation.verdict(chat(null)).task());
  }

  @Test
  void embeddingsWithoutATaskAreTheTaskEmbeddings() {
    assertEquals("embeddings", situation.verdict(embed(null)).task());
  }

  @Test
  void eachFallbackFollowsWhenTheOnesBeforeAreDown() {
    situation.down("anthropic");
    assertEquals(List.of("openai", "local"), situation.order(chat("chat")));
    situation.down("openai");
    assertEquals(List.of("local"), situation.order(chat("chat")));
    situation.down("local");
    assertEquals(
        """
        - anthropic/claude-3-5-sonnet null unhealthy: down; it is probed until it is back
        - openai/gpt-4 null unhealthy: down; it is probed until it is back
        - google/gemini-pro null disabled: disabled in the routing configuration
        - local/codellama null unhealthy: down; it is probed until it is back
        Task chat goes to nobody; passed over: anthropic (unhealthy), openai (unhealthy), google (disabled), local (unhealthy).
        """,
        situation.golden(chat("chat")));
  }

  @Test
  void googleTakesItsPlaceOnceItIsEnabled() {
    situation.change("google", p -> Situation.enabled(p, true));
    assertEquals(List.of("anthropic", "openai", "google", "local"), situation.order(chat("chat")));
  }
}
