package io.commandcenter.akm.core.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SecretTest {
  private static final String TEXT = "sk-ant-very-secret";

  @Test
  void lendsItsBytes() {
    assertEquals(TEXT, Secret.of(TEXT).use(bytes -> new String(bytes, StandardCharsets.UTF_8)));
  }

  @Test
  void printsNothingOfItself() {
    assertFalse(("" + Secret.of(TEXT)).contains("sk"));
    assertEquals(Secret.of("a").hashCode(), Secret.of("b").hashCode());
  }

  @Test
  void refusesToBeSerialised() throws IOException {
    try (var out = new ObjectOutputStream(new ByteArrayOutputStream())) {
      assertThrows(IOException.class, () -> out.writeObject(Secret.of(TEXT)));
    }
  }

  @Test
  void refusesToBecomeJson() {
    record Holder(Secret secret) {}
    var json =
        assertThrows(
            IllegalArgumentException.class,
            () -> io.commandcenter.akm.contract.Wire.toJson(new Holder(Secret.of(TEXT))));
    assertFalse(json.getMessage().contains(TEXT));
  }

  @Test
  void comparesByContent() {
    assertEquals(Secret.of(TEXT), Secret.of(TEXT.getBytes(StandardCharsets.UTF_8)));
    assertNotEquals(Secret.of(TEXT), Secret.of("other"));
    assertNotEquals(Secret.of(TEXT), null);
  }

  @Test
  void closingWipesIt() {
    var secret = Secret.of("abc");
    secret.close();
    assertArrayEquals(new byte[3], secret.use(byte[]::clone));
  }

  @Test
  void keepsACopyOfItsOwn() {
    byte[] given = {1, 2, 3};
    var secret = Secret.of(given);
    given[0] = 9;
    assertArrayEquals(new byte[] {1, 2, 3}, secret.use(byte[]::clone));
  }

  @Test
  void isNeverEmpty() {
    assertThrows(IllegalArgumentException.class, () -> Secret.of(""));
    assertThrows(IllegalArgumentException.class, () -> Secret.of(new byte[0]));
  }
}
