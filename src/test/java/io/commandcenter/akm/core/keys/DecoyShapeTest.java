package io.commandcenter.akm.core.keys;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecoyShapeTest {
  private final SecureRandom random = new SecureRandom();

  @ParameterizedTest
  @CsvSource({
    "anthropic, anthropic, sk-ant-api03-[A-Za-z0-9_-]{93}AA",
    "openai, openai, sk-proj-[A-Za-z0-9_-]{74}T3BlbkFJ[A-Za-z0-9_-]{74}",
    "google, google, AIza[A-Za-z0-9_-]{35}",
    "groq, openai, gsk_[A-Za-z0-9]{52}",
    "xai, openai, xai-[0-9A-Za-z_]{80}",
    "openrouter, openai, sk-or-v1-[0-9a-f]{64}",
    "deepseek, openai, sk-[a-z0-9]{32}",
    "house, openai, sk-proj-.*"
  })
  void looksLikeTheProvidersOwn(String provider, String protocol, String pattern) {
    var decoy = DecoyShape.of(provider, protocol, random);

    assertTrue(decoy.matches(pattern), decoy);
    assertTrue(KeyShape.looksLikeKey(decoy), decoy);
    assertNotEquals(decoy, DecoyShape.of(provider, protocol, random));
  }
}
