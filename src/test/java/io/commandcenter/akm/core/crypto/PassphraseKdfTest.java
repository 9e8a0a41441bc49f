package io.commandcenter.akm.core.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Seen failing with the lower bounds left out of the stored parameters. */
class PassphraseKdfTest {
  private static final Secret PASSPHRASE = Secret.of("correct horse battery staple");
  private static final PassphraseKdf LEAST =
      new PassphraseKdf(new byte[16], PassphraseKdf.MIN_MEMORY_KIB, 1);

  // RFC 9106, sections 5.1 to 5.3: the same input for Argon2d, Argon2i and Argon2id.
  @ParameterizedTest
  @CsvSource({
    "0,512b391b6f1162975371d30919734294f868e3be3984f3c1a13a4db9fabe4acb",
    "1,c814d9d1dc7f37aa13f0d77f2494bda1c8de6b016dd388d29952a4c4672b6ce8",
    "2,0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"
  })
  void theGeneratorAgreesWithThePublishedVectors(int type, String expected) {
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(type)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(32)
            .withIterations(3)
            .withParallelism(4)
            .withSalt(filled(16, 2))
            .withSecret(filled(8, 3))
            .withAdditional(filled(12, 4))
            .build());
    var tag = new byte[32];
    generator.generateBytes(filled(32, 1), tag);

    assertEquals(expected, HexFormat.of().formatHex(tag));
  }

  private static byte[] filled(int size, int value) {
    var bytes = new byte[size];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  @Test
  void derivesTheSameKeyForTheSamePassphraseAndAnotherForAnyChange() {
    var key = LEAST.derive(PASSPHRASE);

    assertTrue(key.sameAs(LEAST.derive(PASSPHRASE)));
    assertFalse(key.sameAs(LEAST.derive(Secret.of("correct horse battery stapl3"))));
    var salted = new PassphraseKdf(filled(16, 1), PassphraseKdf.MIN_MEMORY_KIB, 1);
    assertFalse(key.sameAs(salted.derive(PASSPHRASE)));
    var larger = new PassphraseKdf(new byte[16], PassphraseKdf.MIN_MEMORY_KIB + 8, 1);
    assertFalse(key.sameAs(larger.derive(PASSPHRASE)));
  }

  @Test
  void comesBackFromItsStoredForm() {
    var made = PassphraseKdf.create(new SecureRandom());

    assertEquals(made, PassphraseKdf.parse(made.text()).orElseThrow());
    assertTrue(made.text().startsWith("$argon2id$v=19$m=65536,t=3,p=1$"), made.text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "$argon2id$v=19$m=47103,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=47104,t=0,p=1$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=47104,t=65,p=1$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=999999999,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=47104,t=1,p=2$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2i$v=19$m=47104,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=47104,t=1,p=1$AAAA"
      })
  void refusesStoredParametersThatAreWeakerOrBeyondItsBounds(String text) {
    assertTrue(PassphraseKdf.parse(text).isEmpty());
  }

  @Test
  void refusesToBeMadeWithLess() {
    assertThrows(IllegalArgumentException.class, () -> new PassphraseKdf(new byte[16], 47_103, 1));
    assertThrows(IllegalArgumentException.class, () -> new PassphraseKdf(new byte[8], 47_104, 1));
  }
}
