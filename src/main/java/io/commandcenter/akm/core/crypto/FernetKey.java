package io.commandcenter.akm.core.crypto;

import com.macasaet.fernet.Key;
import com.macasaet.fernet.Token;
import com.macasaet.fernet.TokenValidationException;
import com.macasaet.fernet.Validator;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Opens Fernet tokens (github.com/fernet/spec), whatever their age: here they are files that were
 * put away, not credentials that end.
 */
public final class FernetKey {
  private static final int BYTES = 32;
  private static final int ROUNDS = 100_000;

  private final Key key;

  private FernetKey(byte[] bytes) {
    key = new Key(bytes);
  }

  /** From base64url of 32 bytes; IllegalArgumentException for anything else. */
  static FernetKey of(String text) {
    return new FernetKey(Base64.getUrlDecoder().decode(text));
  }

  /** PBKDF2-HMAC-SHA256 of a secret and a salt: 100,000 rounds, 32 bytes. Takes a moment. */
  public static FernetKey derived(Secret secret, byte[] salt) {
    var bytes = pbkdf2(secret, salt, ROUNDS, BYTES);
    try {
      return new FernetKey(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  static byte[] pbkdf2(Secret secret, byte[] salt, int rounds, int bytes) {
    var chars = secret.use(plain -> StandardCharsets.UTF_8.decode(ByteBuffer.wrap(plain)));
    var password = password(chars);
    var spec = new PBEKeySpec(password, salt, rounds, bytes * Byte.SIZE);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has PBKDF2", e);
    } finally {
      spec.clearPassword();
      Arrays.fill(password, '\0');
    }
  }

  private static char[] password(CharBuffer chars) {
    var password = new char[chars.remaining()];
    chars.get(password);
    Arrays.fill(chars.array(), '\0');
    return password;
  }

  /**
   * What the token holds, which the caller wipes; empty for what is no token, was changed, or was
   * made with another key.
   *
   * @param token in base64url
   */
  public Optional<byte[]> open(byte[] token) {
    try {
      var read = Token.fromBytes(Base64.getUrlDecoder().decode(token));
      return Optional.of(read.validateAndDecrypt(key, new AtItsTime(read.getTimestamp())));
    } catch (TokenValidationException | IllegalArgumentException | DateTimeException refused) {
      return Optional.empty();
    }
  }

  /** Every token is as old as it says; what remains is its signature and its padding. */
  private record AtItsTime(Instant made) implements Validator<byte[]> {
    @Override
    public Clock getClock() {
      return Clock.fixed(made, ZoneOffset.UTC);
    }

    @Override
    public Function<byte[], byte[]> getTransformer() {
      return Function.identity();
    }
  }
}
