package io.commandcenter.akm.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.core.crypto.WebhookSigner;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WebhookTest {
  private static final Set<String> ALLOWED = Set.of("localhost:9000", "intranet:80");

  private static URI accept(String url) {
    return Webhook.of(URI.create(url), ALLOWED, new WebhookSigner(Secret.of("s"))).target();
  }

  private static void refuse(String url) {
    assertThrows(IllegalArgumentException.class, () -> accept(url), url);
  }

  @Test
  void takesHttps() {
    assertEquals("hooks.example.com", accept("https://hooks.example.com/x?y=z").getHost());
  }

  @Test
  void takesPlainHttpOnlyToAHostThatIsAllowed() {
    assertEquals(9000, accept("http://localhost:9000/x").getPort());
    assertEquals("intranet", accept("http://intranet/x").getHost());
    refuse("http://localhost:9001/x");
    refuse("http://hooks.example.com/x");
  }

  @Test
  void refusesWhatIsNoWebAddress() {
    refuse("ftp://hooks.example.com/x");
    refuse("file:///etc/passwd");
    refuse("/relative");
    refuse("https://name:word@hooks.example.com/");
  }

  @Test
  void waitsLongerAfterEachFailureUpToTheCap() {
    var waits =
        IntStream.rangeClosed(1, 6)
            .mapToObj(failed -> Backoff.DEFAULT.waitAfter(failed).toSeconds())
            .toList();
    assertEquals(List.of(1L, 5L, 25L, 125L, 600L, 600L), waits);
    assertEquals(600, Backoff.DEFAULT.waitAfter(Integer.MAX_VALUE).toSeconds());
  }

  @Test
  void endsAfterItsAttempts() {
    assertFalse(Backoff.DEFAULT.givesUpAfter(7));
    assertTrue(Backoff.DEFAULT.givesUpAfter(8));
  }

  @Test
  void refusesABackoffThatWouldNotWait() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Backoff(Duration.ZERO, 5, Duration.ofSeconds(9), 3));
  }
}
