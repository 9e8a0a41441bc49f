package io.commandcenter.akm.mcp.transport.stateless;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.commandcenter.akm.mcp.transport.Parameters;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client hands back between two rounds is taken once, unchanged, for what it was made. */
class RequestStatesTest {
  private static final Map<String, Object> ARGUMENTS = arguments("provider", "openai", "label", 1);
  private static final Map<String, Object> MEMORY = Map.of("entry", "ent_1");
  private static final Duration LIFE = Duration.ofMinutes(15);

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final RequestStates states = states();

  private RequestStates states() {
    var mapper = new JacksonMcpJsonMapper(new ObjectMapper());
    return new RequestStates(mapper, LIFE, clock(), new SecureRandom());
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now.get();
      }
    };
  }

  private static Map<String, Object> arguments(Object... namesAndValues) {
    var members = new LinkedHashMap<String, Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      members.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return members;
  }

  private static StatelessRequest request(
      String method, String name, Map<String, Object> arguments, Object state) {
    var members = arguments("name", name, "arguments", arguments);
    if (state != null) {
      members.put("requestState", state);
    }
    return new StatelessRequest(1, method, new Parameters(members));
  }

  private static StatelessRequest add(Object state) {
    return request("tools/call", "add_api_key", ARGUMENTS, state);
  }

  private String signed() {
    return states.sign("alice", add(null), MEMORY);
  }

  private Optional<Map<String, Object>> opened(Object state) {
    return states.open("alice", add(state));
  }

  @Test
  void givesTheMemoryBack() {
    assertEquals(Optional.of(MEMORY), opened(signed()));
  }

  /** Seen failing with the members not sorted before their digest. */
  @Test
  void doesNotMindTheOrderOfArguments() {
    var nested = arguments("b", arguments("x", 1, "y", List.of(1)), "a", null);
    var turned = arguments("a", null, "b", arguments("y", List.of(1), "x", 1));
    var state = states.sign("alice", request("tools/call", "t", nested, null), MEMORY);
    assertEquals(
        Optional.of(MEMORY), states.open("alice", request("tools/call", "t", turned, state)));
  }

  /** Seen failing with the uses not remembered. */
  @Test
  void takesOneOnce() {
    var state = signed();
    assertTrue(opened(state).isPresent());
    assertFalse(opened(state).isPresent());
    assertFalse(opened(state).isPresent());
  }

  /** Seen failing with the time not compared. */
  @Test
  void refusesOneThatHasExpired() {
    var early = signed();
    var late = signed();
    now.set(Instant.EPOCH.plus(LIFE).minusMillis(1));
    assertTrue(opened(early).isPresent());
    now.set(Instant.EPOCH.plus(LIFE));
    assertFalse(opened(late).isPresent());
  }

  /** Seen failing with the caller not compared. */
  @Test
  void refusesOneOfAnotherCallerAndLeavesItToItsOwn() {
    var state = signed();
    assertFalse(states.open("mallory", add(state)).isPresent());
    assertTrue(opened(state).isPresent());
  }

  static Stream<StatelessRequest> others() {
    return Stream.of(
        request("tools/call", "rotate_key", ARGUMENTS, null),
        request("prompts/get", "add_api_key", ARGUMENTS, null),
        request("tools/call", "add_api_key", Map.of(), null),
        request("tools/call", "add_api_key", arguments("provider", "openai"), null),
        request("tools/call", "add_api_key", arguments("provider", "groq", "label", 1), null),
        request("tools/call", "add_api_key", arguments("provider", "openai", "label", "1"), null),
        request(
            "tools/call",
            "add_api_key",
            arguments("provider", "openai", "label", 1, "more", null),
            null));
  }

  /** Seen failing with the digest of the request not compared. */
  @ParameterizedTest
  @MethodSource("others")
  void refusesOneOfAnotherRequest(StatelessRequest other) {
    var state = signed();
    var arguments = other.parameters().map("arguments");
    var asked = request(other.method(), other.name(), arguments, state);
    assertFalse(states.open("alice", asked).isPresent());
    assertTrue(opened(state).isPresent(), "an attempt on it used it up");
  }

  /** Seen failing with the MAC not compared. */
  @Test
  void refusesOneOfAnEarlierServer() {
    assertFalse(states().open("alice", add(signed())).isPresent());
  }

  /** Seen failing with the MAC compared as bytes: base64 spells its last byte in four ways. */
  @Test
  void refusesEveryFlippedBit() {
    var state = signed();
    for (int at = 0; at < state.length(); at++) {
      for (int bit = 0; bit < 7; bit++) {
        var changed = new StringBuilder(state);
        changed.setCharAt(at, (char) (state.charAt(at) ^ 1 << bit));
        assertFalse(opened(changed.toString()).isPresent(), changed::toString);
      }
    }
    assertTrue(opened(state).isPresent());
  }

  @Test
  void refusesEveryTruncationAndExtension() {
    var state = signed();
    for (int end = 0; end < state.length(); end++) {
      assertFalse(opened(state.substring(0, end)).isPresent());
      assertFalse(opened(state.substring(end + 1)).isPresent());
    }
    for (var more : List.of("A", "=", "==", ".", " ", "\n", "\u0000", "é")) {
      assertFalse(opened(state + more).isPresent());
      assertFalse(opened(more + state).isPresent());
    }
    assertTrue(opened(state).isPresent());
  }

  /** What a client can read it can also write, but not sign. */
  @Test
  void refusesAForgedMemory() {
    var parts = signed().split("\\.");
    var payload = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8);
    var forged = payload.replace("ent_1", "ent_2").getBytes(StandardCharsets.UTF_8);
    assertFalse(Arrays.equals(forged, payload.getBytes(StandardCharsets.UTF_8)));
    var encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(forged);
    assertFalse(opened(encoded + "." + parts[1]).isPresent());
    assertFalse(opened(encoded + ".").isPresent());
    assertFalse(opened(parts[1] + "." + parts[0]).isPresent());
    assertFalse(opened("." + parts[1]).isPresent());
  }

  static Stream<Object> wrong() {
    return Stream.of(
        "", ".", "..", "x", "a.b", "e30.e30", 7, true, 1.5, List.of("a.b"), Map.of("a", "b"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void refusesWhatIsNone(Object state) {
    assertFalse(opened(state).isPresent());
  }

  /** Seen failing without the limit: it was signed by this very server. */
  @Test
  void refusesOneThatIsTooLong() {
    var big = Map.<String, Object>of("memory", "x".repeat(64 * 1024));
    var state = states.sign("alice", add(null), big);
    assertFalse(opened(state).isPresent());
  }

  /** Seen failing with the eldest use forgotten when there were too many. */
  @Test
  void forgetsNoUseBeforeItsTime() {
    var first = signed();
    assertTrue(opened(first).isPresent());
    int taken = 1;
    while (taken < 20_000 && opened(signed()).isPresent()) {
      taken++;
    }
    assertFalse(opened(first).isPresent());
    assertEquals(10_000, taken, "the uses to remember are not bounded");
    now.set(Instant.EPOCH.plus(LIFE));
    assertFalse(opened(first).isPresent());
    assertTrue(opened(signed()).isPresent(), "it never takes one again");
  }

  /** Half a character can stand in JSON, but not in UTF-8. */
  @Test
  void signsWhatHoldsHalfACharacter() {
    var odd = arguments("label", "\ud83d");
    var state = states.sign("alice", request("tools/call", "t", odd, null), MEMORY);
    assertEquals(Optional.of(MEMORY), states.open("alice", request("tools/call", "t", odd, state)));
  }
}
