package io.commandcenter.akm.core.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyShapeTest {
  private static final String MIX = "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7";

  static Stream<String> keys() {
    return Stream.of(
        "sk-ant-api03-" + body(93) + "AA",
        "sk-ant-admin01-" + body(93) + "AA",
        "sk-ant-oat01-" + body(60),
        "sk-proj-" + body(74) + "T3BlbkFJ" + body(74),
        "sk-svcacct-" + body(58) + "T3BlbkFJ" + body(58),
        "sk-" + body(20) + "T3BlbkFJ" + body(20),
        "sk-" + "a1b2c3d4".repeat(4),
        "sk-or-v1-" + "0123abcd".repeat(8),
        "AIza" + body(35),
        "AQ." + body(40),
        "gsk_" + body(52),
        "xai-" + body(80),
        "pplx-" + body(48),
        "hf_" + "abcdefghij".repeat(4).substring(0, 34),
        "tgp_v1_" + body(43),
        "ABSK" + body(120),
        "bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t" + body(40),
        "akm_admin_" + body(43) + "_0a1b2c3d",
        "akmw_" + body(43) + "_0a1b2c3d");
  }

  static Stream<String> bareKeys() {
    return Stream.of(body(32), body(40), body(84));
  }

  private static String body(int length) {
    return MIX.repeat(7).substring(0, length);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void recognisesAKeyAloneAndInASentence(String key) {
    for (var text : List.of(key, "use " + key + ", please", "key=" + key, "\"" + key + "\"")) {
      assertTrue(KeyShape.looksLikeKey(text), text);
    }
    assertTrue(KeyShape.of(key).isPresent());
  }

  @ParameterizedTest
  @MethodSource("bareKeys")
  void recognisesAKeyWithoutPrefixOnlyAlone(String key) {
    assertTrue(KeyShape.looksLikeKey(key));
    assertTrue(KeyShape.looksLikeKey(" " + key + "\n"));
    assertFalse(KeyShape.looksLikeKey("commit " + key));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "main",
        "anthropic",
        "ANTHROPIC_API_KEY",
        "key_0123456789abcdef0123",
        "env_openai",
        "a sk- prefix, or sk-ant- alone",
        "task-management-for-everybody-in-the-team",
        "0123456789abcdef0123456789abcdef",
        "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "https://platform.example.com/keys",
        "pneumonoultramicroscopicsilicovo"
      })
  void letsOrdinaryWordsPass(String text) {
    assertFalse(KeyShape.looksLikeKey(text), text);
  }

  @Test
  void letsNothingPassAsNothing() {
    assertFalse(KeyShape.looksLikeKey(null));
  }

  @Test
  void staysFastOnTextMadeToSlowItDown() {
    var hostile =
        List.of(
            "sk-".repeat(300_000),
            "sk-proj-".repeat(100_000),
            "sk-ant-api03-" + "a".repeat(1_000_000),
            "sk-" + "T3BlbkFJ".repeat(100_000),
            "a1".repeat(500_000),
            "bedrock-api-key-".repeat(60_000));

    assertTimeoutPreemptively(Duration.ofSeconds(5), () -> hostile.forEach(KeyShape::looksLikeKey));
  }

  @ParameterizedTest
  @CsvSource({
    "sk-ant-api03-0123456789abcdefx9AA, sk-ant-api03-…x9AA",
    "sk-proj-0123456789abcdef0123, sk-proj-…0123",
    "sk-or-v1-0123456789abcdef, sk-or-v1-…cdef",
    "sk-0123456789abcdef, sk-…cdef",
    "0123456789abcdef, …cdef",
    "0123456789abcde, …",
    "sk-ant-api03-short, sk-ant-api03-…",
    "x, …"
  })
  void masksAllButAKnownPrefixAndFourCharacters(String key, String masked) {
    assertEquals(masked, KeyShape.mask(key));
  }

  @ParameterizedTest
  @CsvSource({
    "sk-ant-api03-x, anthropic",
    "sk-ant-new-x, anthropic",
    "sk-proj-x, openai",
    "sk-or-v1-x, openai",
    "gsk_x, openai",
    "AIzax, google",
    "AQ.x, google",
    "sk-x,",
    "ABSKx,",
    "akm_admin_x,"
  })
  void knowsWhichProtocolAFormIsFor(String key, String protocol) {
    assertEquals(protocol, KeyShape.of(key).orElseThrow().protocol().orElse(null));
  }

  @Test
  void knowsItsOwnTokensFromKeysOfProviders() {
    assertTrue(KeyShape.AKM_TOKEN.isOurs() && KeyShape.AKM_WRAP.isOurs());
    assertFalse(KeyShape.ANTHROPIC.isOurs());
  }
}
