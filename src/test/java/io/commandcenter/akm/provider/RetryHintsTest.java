package io.commandcenter.akm.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.commandcenter.akm.provider.wire.ErrorAnswer;
import io.commandcenter.akm.provider.wire.RetryHints;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryHintsTest {
  private static final ErrorAnswer NOTHING = ErrorAnswer.of(429, Buffer.buffer());

  private static Optional<Duration> wait(String... headers) {
    var map = MultiMap.caseInsensitiveMultiMap();
    for (int i = 0; i < headers.length; i += 2) {
      map.set(headers[i], headers[i + 1]);
    }
    return RetryHints.retryAfter(map, NOTHING, Fixture.NOW);
  }

  @Test
  void prefersMillisecondsToSeconds() {
    assertEquals(
        Optional.of(Duration.ofMillis(19_412)),
        wait("retry-after", "20", "retry-after-ms", "19412"));
  }

  @Test
  void readsADate() {
    assertEquals(
        Optional.of(Duration.ofSeconds(90)), wait("retry-after", "Sun, 22 Nov 2026 10:01:30 GMT"));
  }

  @Test
  void takesAPastDateAsNow() {
    assertEquals(Optional.of(Duration.ZERO), wait("retry-after", "Sun, 22 Nov 2026 09:00:00 GMT"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-5", "1e9", "99999999999999", "NaN", "1.2.3"})
  void ignoresAWaitThatIsNone(String value) {
    assertEquals(Optional.empty(), wait("retry-after", value));
  }

  @ParameterizedTest
  @CsvSource({
    "12ms, 12",
    "1s, 1000",
    "6m0s, 360000",
    "2m59.56s, 179560",
    "1h, 3600000",
    "1h1m1s1ms, 3661001"
  })
  void readsGoDurations(String text, long millis) {
    assertEquals(
        Optional.of(Duration.ofMillis(millis)),
        wait("x-ratelimit-remaining-tokens", "0", "x-ratelimit-reset-tokens", text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "s", "1s1h", "1d", "-1s"})
  void ignoresWhatGoWouldNotPrint(String text) {
    assertEquals(
        Optional.empty(),
        wait("x-ratelimit-remaining-tokens", "0", "x-ratelimit-reset-tokens", text));
  }

  @Test
  void waitsForTheLastOfTheSpentWindows() {
    assertEquals(
        Optional.of(Duration.ofSeconds(28)),
        wait(
            "anthropic-ratelimit-requests-remaining", "7",
            "anthropic-ratelimit-requests-reset", "2026-11-22T10:09:00Z",
            "anthropic-ratelimit-input-tokens-remaining", "0",
            "anthropic-ratelimit-input-tokens-reset", "2026-11-22T10:00:17Z",
            "anthropic-ratelimit-output-tokens-remaining", "0",
            "anthropic-ratelimit-output-tokens-reset", "2026-11-22T10:00:28Z"));
  }

  @Test
  void ignoresAResetThatIsNoDate() {
    assertEquals(
        Optional.empty(),
        wait("anthropic-ratelimit-tokens-remaining", "0", "anthropic-ratelimit-tokens-reset", "x"));
  }
}
