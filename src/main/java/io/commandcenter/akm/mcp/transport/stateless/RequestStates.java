package io.commandcenter.akm.mcp.transport.stateless;

import io.commandcenter.akm.mcp.transport.Parameters;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a server remembers between two rounds, kept by the client: readable, but bound by a MAC to
 * the caller, the request, a time and a single use.
 */
final class RequestStates {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 16;
  private static final int MOST_USED = 10_000;
  private static final int MOST_TEXT = 64 * 1024;
  private static final TypeRef<Map<String, Object>> MEMBERS = new TypeRef<>() {};

  private final McpJsonMapper mapper;
  private final Duration life;
  private final Clock clock;
  private final SecureRandom random;
  private final SecretKeySpec key;
  // Nonces with the time from which they need not be known any more, the earliest first.
  private final Map<String, Long> used = new LinkedHashMap<>();

  RequestStates(McpJsonMapper mapper, Duration life, Clock clock, SecureRandom random) {
    this.mapper = mapper;
    this.life = life;
    this.clock = clock;
    this.random = random;
    var bytes = new byte[KEY_BYTES];
    random.nextBytes(bytes);
    key = new SecretKeySpec(bytes, ALGORITHM);
  }

  /**
   * @param memory JSON
   */
  String sign(String caller, StatelessRequest request, Map<String, Object> memory) {
    var nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    var payload =
        encoded(
            json(
                Map.of(
                    "caller",
                    caller,
                    "request",
                    digest(request),
                    "until",
                    clock.millis() + life.toMillis(),
                    "nonce",
                    encoded(nonce),
                    "memory",
                    memory)));
    return payload + "." + encoded(mac(payload));
  }

  /** The memory, once; empty if it is forged, expired, used, somebody else's or of another call. */
  Optional<Map<String, Object>> open(String caller, StatelessRequest request) {
    if (!(request.state() instanceof String state) || state.length() > MOST_TEXT) {
      return Optional.empty();
    }
    try {
      int dot = state.indexOf('.');
      var payload = state.substring(0, dot);
      // As text: base64 has several spellings of the same bytes.
      if (!MessageDigest.isEqual(ascii(encoded(mac(payload))), ascii(state.substring(dot + 1)))) {
        return Optional.empty();
      }
      var said = mapper.readValue(decoded(payload), MEMBERS);
      boolean fits =
          caller.equals(said.get("caller"))
              && digest(request).equals(said.get("request"))
              && said.get("until") instanceof Number until
              && until.longValue() > clock.millis()
              && firstUse((String) said.get("nonce"));
      return fits ? Optional.of(Parameters.object(said.get("memory"))) : Optional.empty();
    } catch (IOException | RuntimeException malformed) {
      return Optional.empty();
    }
  }

  private boolean firstUse(String nonce) {
    long now = clock.millis();
    synchronized (used) {
      var eldest = used.values().iterator();
      while (eldest.hasNext() && eldest.next() <= now) {
        eldest.remove();
      }
      // Full of living ones: to forget one of them would let it be used again.
      return used.size() < MOST_USED && used.putIfAbsent(nonce, now + life.toMillis()) == null;
    }
  }

  /** The same for the same call, in whatever order its arguments come. */
  private String digest(StatelessRequest request) {
    var members = request.parameters().members();
    var call =
        List.of(
            request.method(),
            String.valueOf(request.name()),
            sorted(members.getOrDefault("arguments", Map.of())));
    try {
      return encoded(MessageDigest.getInstance("SHA-256").digest(json(call)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object sorted(Object value) {
    if (value instanceof Map<?, ?> members) {
      var sorted = new TreeMap<String, Object>();
      members.forEach((name, member) -> sorted.put(String.valueOf(name), sorted(member)));
      return sorted;
    }
    return value instanceof List<?> list
        ? list.stream().map(RequestStates::sorted).toList()
        : value;
  }

  private byte[] json(Object value) {
    try {
      return mapper.writeValueAsBytes(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] mac(String payload) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(ascii(payload));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What is no ASCII becomes a question mark, which base64 does not have. */
  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] decoded(String text) {
    return Base64.getUrlDecoder().decode(text);
  }
}
