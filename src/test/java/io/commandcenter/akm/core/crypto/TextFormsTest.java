package io.commandcenter.akm.core.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextFormsTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  @ParameterizedTest
  @CsvSource({
    "https://API.example.com/v1, https://api.example.com:443",
    "HTTPS://api.example.com:443, https://api.example.com:443",
    "http://localhost:11434, http://localhost:11434",
    "http://localhost, http://localhost:80",
    "https://[::1]:8443/x, https://[::1]:8443"
  })
  void spellsAnOriginInOneWay(URI endpoint, String canonical) {
    assertEquals(canonical, ProviderOrigin.canonical(endpoint));
  }

  @Test
  void hashesOnlyTheOrigin() {
    var hash = ProviderOrigin.hash(URI.create("https://api.example.com/v1"));

    assertEquals(hash, ProviderOrigin.hash(URI.create("https://api.example.com:443/v2")));
    assertNotEquals(hash, ProviderOrigin.hash(URI.create("http://api.example.com:443/v2")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"api.example.com", "mailto:a@b", "/v1"})
  void refusesAnEndpointWithoutHost(URI endpoint) {
    assertThrows(IllegalArgumentException.class, () -> ProviderOrigin.hash(endpoint));
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin", "operator", "client", "read-only"})
  void mintsWellFormedTokensOfEachScope(String scope) {
    var token = BearerToken.mint(scope, RANDOM);

    assertTrue(token.startsWith("akm_" + scope + "_"));
    assertTrue(BearerToken.wellFormed(token));
  }

  @Test
  void tellsATypingErrorByTheChecksum() {
    var token = BearerToken.mint("client", RANDOM);
    for (var i = 0; i < token.length(); i++) {
      var other = token.charAt(i) == '0' ? '1' : '0';
      var wrong = token.substring(0, i) + other + token.substring(i + 1);
      assertFalse(BearerToken.wellFormed(wrong), "position " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "akm_", "akm_root_x_00000000", "Bearer akm_admin_"})
  void refusesOtherForms(String token) {
    assertFalse(BearerToken.wellFormed(token));
  }

  @Test
  void makesIdsThatFitANameAndDiffer() {
    var id = RandomId.of("key_", RANDOM);

    assertTrue(id.matches("key_[0-9a-f]{20}"));
    assertNotEquals(id, RandomId.of("key_", RANDOM));
  }
}
