package io.commandcenter.akm.core.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.commandcenter.akm.core.keys.KeyShape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrapTokenTest {
  @Test
  void isWellFormedWithItsChecksumOnly() {
    var token = WrapToken.mint(new SecureRandom());
    assertTrue(WrapToken.wellFormed(Secret.of(token)));
    assertFalse(WrapToken.wellFormed(Secret.of(token.replaceFirst("akmw_.", "akmw__"))));
    var last = token.charAt(token.length() - 1) == '0' ? '1' : '0';
    assertFalse(WrapToken.wellFormed(Secret.of(token.substring(0, token.length() - 1) + last)));
    assertFalse(WrapToken.wellFormed(Secret.of("akmw_")));
  }

  @Test
  void looksLikeAKeySoThatItIsNeverStoredOrLogged() {
    var token = WrapToken.mint(new SecureRandom());
    assertTrue(KeyShape.looksLikeKey("use " + token + " now"));
    assertTrue(KeyShape.of(token).orElseThrow().isOurs());
  }

  @Test
  void isComparedByItsHash() {
    var token = HashedToken.of("one");
    assertTrue(token.is(HashedToken.of(Secret.of("one"))));
    assertFalse(token.is(HashedToken.of("two")));
    assertFalse(token.toString().contains("one"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sk-plain", "\"\\/", "\u0000\u001f\t\n", "schlüssel-€-🔑", "</script>"})
  void writesASecretAsAnyJsonReaderReadsIt(String secret) throws IOException {
    var json = SecretJson.with("{\"a\":1}", "key", Secret.of(secret));
    var read = new ObjectMapper().readTree(json);
    assertEquals(secret, read.get("key").asText());
    assertEquals(1, read.get("a").asInt());
  }

  @Test
  void addsASecretToAnObjectWithMembersOnly() {
    var secret = Secret.of("x");
    assertThrows(IllegalArgumentException.class, () -> SecretJson.with("{}", "key", secret));
    assertThrows(IllegalArgumentException.class, () -> SecretJson.with("[1]", "key", secret));
    assertEquals(
        "{\"a\":{},\"key\":\"x\"}",
        new String(SecretJson.with("{\"a\":{}}", "key", secret), StandardCharsets.UTF_8));
  }
}
