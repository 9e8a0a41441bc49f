package io.commandcenter.akm.core.crypto;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * How a passphrase becomes a master key: Argon2id version 1.3 (RFC 9106) with one lane.
 *
 * <p>The parameters are stored beside the keyring. Whoever changes them there changes the derived
 * key, so that the vault does not open; the upper bounds keep such a change from eating the memory.
 *
 * @param memoryKib 47104 to 1048576
 * @param passes 1 to 64
 */
public record PassphraseKdf(byte[] salt, int memoryKib, int passes) {
  // The least that OWASP's password storage cheat sheet asks of Argon2id with one pass.
  static final int MIN_MEMORY_KIB = 47_104;

  private static final int MAX_MEMORY_KIB = 1_048_576;
  private static final int MAX_PASSES = 64;
  private static final int SALT_BYTES = 16;
  private static final int USUAL_MEMORY_KIB = 65_536;
  private static final int USUAL_PASSES = 3;
  private static final Pattern FORM =
      Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d{1,9}),t=(\\d{1,4}),p=1\\$([A-Za-z0-9+/]{22})");

  public PassphraseKdf {
    salt = salt.clone();
    if (salt.length != SALT_BYTES
        || memoryKib < MIN_MEMORY_KIB
        || memoryKib > MAX_MEMORY_KIB
        || passes < 1
        || passes > MAX_PASSES) {
      throw new IllegalArgumentException("out of the bounds of this key derivation");
    }
  }

  /** A new salt with the usual parameters (64 MiB, three passes: RFC 9106's second choice). */
  public static PassphraseKdf create(SecureRandom random) {
    var salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return new PassphraseKdf(salt, USUAL_MEMORY_KIB, USUAL_PASSES);
  }

  /** From its stored form; empty for any other text and for parameters out of bounds. */
  public static Optional<PassphraseKdf> parse(String text) {
    var form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      var salt = Base64.getDecoder().decode(form.group(3));
      var memory = Integer.parseInt(form.group(1));
      return Optional.of(new PassphraseKdf(salt, memory, Integer.parseInt(form.group(2))));
    } catch (IllegalArgumentException outOfBounds) {
      return Optional.empty();
    }
  }

  /** {@code $argon2id$v=19$m=…,t=…,p=1$salt}, as password hashes write it. */
  public String text() {
    return "$argon2id$v=19$m=%d,t=%d,p=1$%s"
        .formatted(memoryKib, passes, Base64.getEncoder().withoutPadding().encodeToString(salt));
  }

  /** Takes the memory it is named for and a good part of a second. */
  public MasterKey derive(Secret passphrase) {
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKib)
            .withIterations(passes)
            .withParallelism(1)
            .withSalt(salt)
            .build());
    var key = new byte[MasterKey.SIZE];
    passphrase.use(bytes -> generator.generateBytes(bytes, key));
    return MasterKey.of(key);
  }

  @Override
  public byte[] salt() {
    return salt.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PassphraseKdf kdf
        && memoryKib == kdf.memoryKib
        && passes == kdf.passes
        && Arrays.equals(salt, kdf.salt);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(salt);
  }
}
