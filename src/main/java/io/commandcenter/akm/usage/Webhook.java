package io.commandcenter.akm.usage;

import io.commandcenter.akm.core.crypto.WebhookSigner;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * Where budget alerts are sent, and how often a failed delivery is tried again.
 *
 * @param target an absolute http or https URL
 * @param timeout for one delivery, from connecting to the status line
 */
public record Webhook(URI target, WebhookSigner signer, Backoff backoff, Duration timeout) {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /**
   * The target of the configuration.
   *
   * @param allowedPrivateHosts {@code host:port} that may be reached without TLS
   * @throws IllegalArgumentException if the URL is not https, nor http to an allowed host
   */
  public static Webhook of(URI target, Set<String> allowedPrivateHosts, WebhookSigner signer) {
    if (target.getHost() == null || target.getUserInfo() != null) {
      throw refusal("must be an absolute URL without a user name");
    }
    boolean plain = "http".equalsIgnoreCase(target.getScheme());
    if (plain && !allowedPrivateHosts.contains(target.getHost() + ":" + port(target))) {
      throw refusal("must be https, or its host:port must stand in allowed_private_hosts");
    }
    if (!plain && !"https".equalsIgnoreCase(target.getScheme())) {
      throw refusal("must be an https URL");
    }
    return new Webhook(target, signer, Backoff.DEFAULT, TIMEOUT);
  }

  private static int port(URI target) {
    return target.getPort() < 0 ? 80 : target.getPort();
  }

  private static IllegalArgumentException refusal(String what) {
    return new IllegalArgumentException("`budget.webhook_url` " + what);
  }
}
