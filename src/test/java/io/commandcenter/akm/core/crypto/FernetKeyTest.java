package io.commandcenter.akm.core.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.macasaet.fernet.Key;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.spec.IvParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectors of github.com/fernet/spec and of RFC 7914. */
class FernetKeyTest {
  /** What is wrong with these is their age, which nobody asks for here. */
  private static final Set<String> AGES =
      Set.of("far-future TS (unacceptable clock skew)", "expired TTL");

  static Stream<JsonObject> generate() {
    return vectors("generate");
  }

  static Stream<JsonObject> verify() {
    return vectors("verify");
  }

  static Stream<JsonObject> invalid() {
    return vectors("invalid");
  }

  private static Stream<JsonObject> vectors(String name) {
    return new JsonArray(new String(file("/fernet/" + name + ".json"), StandardCharsets.UTF_8))
        .stream().map(JsonObject.class::cast);
  }

  static byte[] file(String resource) {
    try (var in = FernetKeyTest.class.getResourceAsStream(resource)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** With the specification's own time and IV, which the library's generator does not take. */
  @ParameterizedTest
  @MethodSource("generate")
  void theLibraryMakesTheSpecificationsTokens(JsonObject vector) throws IOException {
    var key = new Key(vector.getString("secret"));
    var iv = new byte[16];
    for (int i = 0; i < iv.length; i++) {
      iv[i] = vector.getJsonArray("iv").getInteger(i).byteValue();
    }
    var at = OffsetDateTime.parse(vector.getString("now")).toInstant();
    var vectorIv = new IvParameterSpec(iv);
    var sealed = key.encrypt(utf8(vector.getString("src")), vectorIv);
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.writeByte(0x80);
    out.writeLong(at.getEpochSecond());
    out.write(iv);
    out.write(sealed);
    out.write(key.sign((byte) 0x80, at, vectorIv, sealed));
    assertEquals(
        vector.getString("token"), Base64.getUrlEncoder().encodeToString(bytes.toByteArray()));
  }

  @ParameterizedTest
  @MethodSource("verify")
  void opensTheSpecificationsTokens(JsonObject vector) {
    var opened = FernetKey.of(vector.getString("secret")).open(utf8(vector.getString("token")));
    assertArrayEquals(utf8(vector.getString("src")), opened.orElseThrow());
  }

  /** A file may lie for years. Seen failing with the library's own clock. */
  @ParameterizedTest
  @MethodSource("invalid")
  void refusesWhatIsInvalidForMoreThanItsAge(JsonObject vector) {
    var opened = FernetKey.of(vector.getString("secret")).open(utf8(vector.getString("token")));
    var description = vector.getString("desc");
    assertEquals(AGES.contains(description), opened.isPresent(), description);
  }

  @Test
  void refusesATokenWhoseTimeIsBeyondEveryCalendar() {
    var token = new byte[1 + 8 + 16 + 16 + 32];
    token[0] = (byte) 0x80;
    token[1] = 0x7f;
    var key = FernetKey.of("cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=");
    assertTrue(key.open(Base64.getUrlEncoder().encode(token)).isEmpty());
  }

  /** RFC 7914, section 11. */
  @Test
  void derivesAsThePublishedVectorsSay() {
    assertEquals(
        "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc",
        hex("passwd", "salt", 1));
    assertEquals(
        "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56",
        hex("Password", "NaCl", 80_000));
  }

  private static String hex(String secret, String salt, int rounds) {
    return HexFormat.of().formatHex(FernetKey.pbkdf2(Secret.of(secret), utf8(salt), rounds, 32));
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
