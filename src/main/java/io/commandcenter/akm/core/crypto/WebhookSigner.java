package io.commandcenter.akm.core.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs webhook bodies with HMAC-SHA256 (RFC 2104), the time of sending included so that a receiver
 * can refuse a replay.
 */
public final class WebhookSigner {
  private final Secret secret;

  public WebhookSigner(Secret secret) {
    this.secret = secret;
  }

  /** {@code t=<unix seconds>,v1=<hex>} over {@code <unix seconds>.<body>}. */
  public String sign(Instant at, byte[] body) {
    long seconds = at.getEpochSecond();
    return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac(seconds + ".", body));
  }

  private byte[] mac(String prefix, byte[] body) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(secret.use(key -> new SecretKeySpec(key, "HmacSHA256")));
      mac.update(prefix.getBytes(StandardCharsets.US_ASCII));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
