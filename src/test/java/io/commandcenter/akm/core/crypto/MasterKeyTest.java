package io.commandcenter.akm.core.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.crypto.tink.subtle.Hkdf;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MasterKeyTest {
  private static final String HEX =
      "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1eff";
  private static final HexFormat HEXES = HexFormat.of();

  // RFC 5869, appendix A.1 to A.3.
  @ParameterizedTest
  @CsvSource({
    "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b,000102030405060708090a0b0c,"
        + "f0f1f2f3f4f5f6f7f8f9,"
        + "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e"
        + "2f303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f,"
        + "606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b"
        + "8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeaf,"
        + "b0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadb"
        + "dcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff,"
        + "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c6"
        + "5e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87",
    "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b,'','',"
        + "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
  })
  void derivesAsThePublishedVectorsSay(String key, String salt, String info, String expected)
      throws GeneralSecurityException {
    var size = expected.length() / 2;
    var ours =
        Hkdf.computeHkdf(
            "HMACSHA256", HEXES.parseHex(key), HEXES.parseHex(salt), HEXES.parseHex(info), size);
    var theirs =
        IndependentCrypto.hkdf(
            HEXES.parseHex(key), HEXES.parseHex(salt), HEXES.parseHex(info), size);

    assertEquals(expected, HEXES.formatHex(ours));
    assertEquals(expected, HEXES.formatHex(theirs));
  }

  @Test
  void derivesWithTheVaultIdAsSalt() throws GeneralSecurityException {
    var expected =
        IndependentCrypto.hkdf(
            HEXES.parseHex(HEX),
            "vault_1".getBytes(StandardCharsets.UTF_8),
            "akm canary v1".getBytes(StandardCharsets.UTF_8),
            32);

    assertArrayEquals(expected, MasterKey.parse(HEX).canary("vault_1"));
  }

  @Test
  void derivesAnotherKeyForEachLabel() {
    var key = MasterKey.parse(HEX);

    assertFalse(java.util.Arrays.equals(key.canary("v"), key.derive("kek", "v")));
  }

  @Test
  void readsHexAndBothKindsOfBase64() {
    var key = MasterKey.parse(HEX);
    var bytes = HEXES.parseHex(HEX);

    assertTrue(key.sameAs(MasterKey.parse(" " + HEX.toUpperCase(java.util.Locale.ROOT) + "\n")));
    assertTrue(key.sameAs(MasterKey.parse(Base64.getEncoder().encodeToString(bytes))));
    assertTrue(key.sameAs(MasterKey.parse(Base64.getUrlEncoder().encodeToString(bytes))));
    assertTrue(key.sameAs(MasterKey.parse(key.encoded())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "!!!not-base64-at-all!!!", "AAAA", "zz"})
  void refusesWhatIsNot32BytesWithoutRepeatingIt(String text) {
    var refusal = assertThrows(IllegalArgumentException.class, () -> MasterKey.parse(text));

    assertEquals("it must be 32 bytes in base64 or hex", refusal.getMessage());
  }

  @Test
  void refusesHexOfTheRightLengthThatIsNoHex() {
    assertThrows(IllegalArgumentException.class, () -> MasterKey.parse("z".repeat(64)));
  }

  @Test
  void isZeroAfterItsUse() {
    var key = MasterKey.random(new SecureRandom());
    key.close();

    assertTrue(key.sameAs(MasterKey.parse("00".repeat(32))));
  }

  @Test
  void printsNothing() {
    assertEquals("MasterKey[…]", MasterKey.parse(HEX).toString());
  }
}
