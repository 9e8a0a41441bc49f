package io.commandcenter.akm.config;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The {@code compat} object: single switches over a preset's. */
final class CompatReader {
  private static final Pattern HEADER = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,63}");
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]{1,256}");
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z]{0,16}");
  private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9/_.?=-]{1,128}");
  private static final Pattern FIELD = Pattern.compile("[a-z_]{1,64}");
  // A key belongs into the vault, and these are set for each request.
  private static final Set<String> OWN =
      Set.of("authorization", "x-api-key", "api-key", "host", "content-length", "content-type");

  private CompatReader() {}

  /**
   * @param given the switches that are named; every fault is reported there
   */
  static Compat read(Section given, Compat preset) {
    var read =
        new Compat(
            oneOf(
                given,
                "max_tokens_field",
                preset.maxTokensField(),
                List.of("auto", "max_tokens", "max_completion_tokens")),
            flag(given, "supports_stream_usage", preset.streamUsage()),
            oneOf(given, "system_role", preset.systemRole(), List.of("system", "developer")),
            flag(given, "supports_tools", preset.tools()),
            flag(given, "supports_strict", preset.strict()),
            flag(given, "supports_top_k", preset.topK()),
            flag(given, "supports_seed", preset.seed()),
            oneOf(
                given,
                "reasoning",
                preset.reasoning(),
                List.of("reasoning_effort", "reasoning", "none")),
            text(given, "thinking_field", preset.thinkingField(), FIELD),
            flag(given, "nine_letter_call_ids", preset.nineLetterIds()),
            text(given, "end_user_field", preset.endUserField(), FIELD),
            text(given, "dimensions_field", preset.dimensionsField(), FIELD),
            flag(given, "supports_embeddings", preset.embeddings()),
            text(given, "key_check_path", preset.keyCheckPath(), PATH),
            noneToNull(text(given, "key_check_member", preset.keyCheckMember(), FIELD)),
            flag(given, "needs_key", preset.needsKey()),
            text(given, "auth_header", preset.authHeader(), HEADER),
            text(given, "auth_scheme", preset.authScheme(), SCHEME),
            headers(given, preset.extraHeaders()),
            flag(given, "reasoning_beside_completion", preset.reasoningBeside()),
            flag(given, "responses", preset.responses()));
    given.end();
    return read;
  }

  private static boolean flag(Section given, String name, boolean instead) {
    return given.has(name) ? given.flag(name) : instead;
  }

  private static String oneOf(Section given, String name, String instead, List<String> words) {
    var word = given.text(name, instead);
    if (!words.contains(word)) {
      given.fault(name, "must be one of " + String.join(", ", words));
    }
    return word;
  }

  private static String noneToNull(String member) {
    return "none".equals(member) ? null : member;
  }

  /** An empty text takes a preset's field away. */
  private static String text(Section given, String name, String instead, Pattern form) {
    if (!given.has(name)) {
      return instead;
    }
    if (given.raw(name) instanceof String text) {
      if (text.isEmpty()) {
        return name.equals("auth_scheme") || name.equals("key_check_member") ? "" : null;
      }
      if (form.matcher(text).matches()) {
        return text;
      }
    }
    given.fault(name, "has characters that do not belong there");
    return instead;
  }

  private static Map<String, String> headers(Section given, Map<String, String> preset) {
    if (!given.has("extra_headers")) {
      return preset;
    }
    var headers = new LinkedHashMap<>(preset);
    if (!(given.raw("extra_headers") instanceof JsonObject named)) {
      given.fault("extra_headers", "must be an object of header names and texts");
      return preset;
    }
    for (var header : named) {
      if (OWN.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        given.fault(
            "extra_headers", "must not hold `" + header.getKey() + "`: keys belong into the vault");
      } else if (HEADER.matcher(header.getKey()).matches()
          && header.getValue() instanceof String value
          && HEADER_VALUE.matcher(value).matches()) {
        headers.put(header.getKey(), value);
      } else {
        given.fault(
            "extra_headers", "must hold only header names with texts of 1 to 256 characters");
      }
    }
    return headers;
  }
}
