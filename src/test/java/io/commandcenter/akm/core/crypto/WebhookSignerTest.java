package io.commandcenter.akm.core.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WebhookSignerTest {
  private static final byte[] BODY = "{\"a\":1}".getBytes(StandardCharsets.US_ASCII);
  private static final Instant AT = Instant.ofEpochSecond(1_700_000_000);

  private final WebhookSigner signer = new WebhookSigner(Secret.of("whsec"));

  /** The figure is openssl's: {@code openssl dgst -sha256 -hmac whsec}. */
  @Test
  void signsTimeAndBodyAsOpensslDoes() {
    assertEquals(
        "t=1700000000,v1=8ad37ba156048ae0e0a5533c75cdf26fee88b07f93cb57ee4c80adb053012032",
        signer.sign(AT, BODY));
  }

  @Test
  void signsAnotherTimeDifferently() {
    assertNotEquals(mac(signer.sign(AT, BODY)), mac(signer.sign(AT.plusSeconds(1), BODY)));
  }

  private static String mac(String signature) {
    return signature.substring(signature.indexOf(",v1="));
  }
}
