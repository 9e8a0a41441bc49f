package io.commandcenter.akm.core.keys;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The known forms of provider keys: to recognise and to mask, never to refuse a key, because
 * providers change their forms without notice.
 */
public enum KeyShape {
  // The longest prefix first: the plain "sk-" fits many.
  ANTHROPIC("sk-ant-api03-", "[A-Za-z0-9_+/=.-]{16,256}", Protocols.ANTHROPIC),
  ANTHROPIC_ADMIN("sk-ant-admin01-", "[A-Za-z0-9_+/=.-]{16,256}", Protocols.ANTHROPIC),
  ANTHROPIC_OAUTH("sk-ant-oat01-", "[A-Za-z0-9_+/=.-]{16,256}", Protocols.ANTHROPIC),
  ANTHROPIC_OTHER("sk-ant-", "[A-Za-z0-9_+/=.-]{16,256}", Protocols.ANTHROPIC),
  OPENAI_PROJECT("sk-proj-", "[A-Za-z0-9_+/=.-]{16,256}", Protocols.OPENAI),
  OPENAI_SERVICE_ACCOUNT("sk-svcacct-", "[A-Za-z0-9_+/=.-]{16,256}", Protocols.OPENAI),
  OPENAI_SERVICE("sk-service-", "[A-Za-z0-9_+/=.-]{16,256}", Protocols.OPENAI),
  OPENAI_ADMIN("sk-admin-", "[A-Za-z0-9_+/=.-]{16,256}", Protocols.OPENAI),
  OPENROUTER("sk-or-v1-", "[0-9a-f]{16,128}", Protocols.OPENAI),
  SK("sk-", "[A-Za-z0-9]{20,128}"),
  GOOGLE_AUTH("AQ.", "[A-Za-z0-9_-]{20,256}", Protocols.GOOGLE),
  GOOGLE("AIza", "[A-Za-z0-9_-]{30,64}", Protocols.GOOGLE),
  GROQ("gsk_", "[A-Za-z0-9]{20,128}", Protocols.OPENAI),
  XAI("xai-", "[0-9A-Za-z_]{20,128}", Protocols.OPENAI),
  PERPLEXITY("pplx-", "[A-Za-z0-9]{20,128}", Protocols.OPENAI),
  HUGGING_FACE("hf_", "[A-Za-z]{20,64}", Protocols.OPENAI),
  TOGETHER("tgp_v1_", "[A-Za-z0-9_-]{20,128}", Protocols.OPENAI),
  BEDROCK("ABSK", "[A-Za-z0-9+/]{60,320}"),
  BEDROCK_SHORT("bedrock-api-key-", "[A-Za-z0-9+/=]{20,512}"),
  AKM_TOKEN("akm_", "(?:admin|operator|client|read-only)_[0-9A-Za-z]{20,64}"),
  AKM_WRAP("akmw_", "[0-9A-Za-z]{20,64}");

  /** The wire protocols by name, as a provider's configuration has them. */
  private static final class Protocols {
    static final String ANTHROPIC = "anthropic";
    static final String OPENAI = "openai";
    static final String GOOGLE = "google";
  }

  private static final int LAST = 4;
  // Of a key this long or longer, four characters give away too little to matter.
  private static final int ENOUGH = 16;
  private static final List<KeyShape> ALL = List.of(values());
  // Prefix-less keys (Mistral, Cohere, Azure): only as a whole argument, and not plain hex, which
  // ids and hashes are.
  private static final Pattern BARE_INSIDE =
      Pattern.compile("(?<![A-Za-z0-9])(?=[A-Za-z]*[0-9])(?=[0-9]*[A-Za-z])[A-Za-z0-9]{32,}+");
  private static final Pattern BARE =
      Pattern.compile(
          "(?=[A-Za-z]*[0-9])(?=[0-9a-f]*[g-zA-Z])(?:[A-Za-z0-9]{32}|[A-Za-z0-9]{40}|[A-Za-z0-9]{84})");

  private final String prefix;
  private final String protocol;
  private final Pattern pattern;

  /** A form that several protocols share, or that is no provider's. */
  KeyShape(String prefix, String body) {
    this(prefix, body, null);
  }

  KeyShape(String prefix, String body, String protocol) {
    this.prefix = prefix;
    this.protocol = protocol;
    // Lookarounds instead of \b, which ends inside a key that ends in a hyphen. Possessive, and
    // starting only where no key character stands before, so that the search stays linear.
    pattern = Pattern.compile("(?<![A-Za-z0-9_-])" + Pattern.quote(prefix) + body + "+");
  }

  /** The form whose prefix this key has. */
  public static Optional<KeyShape> of(String key) {
    return ALL.stream().filter(shape -> key.startsWith(shape.prefix)).findFirst();
  }

  /** The wire protocol that keys of this form are for; empty if it says nothing about that. */
  public Optional<String> protocol() {
    return Optional.ofNullable(protocol);
  }

  /** Whether it is a credential of this service itself, and so no provider's key. */
  public boolean isOurs() {
    return this == AKM_TOKEN || this == AKM_WRAP;
  }

  /** Whether a key stands somewhere in the text, or the text is nothing but one. */
  public static boolean looksLikeKey(String text) {
    return text != null
        && (BARE.matcher(text.strip()).matches()
            || ALL.stream().anyMatch(shape -> text.contains(shape.prefix) && shape.isIn(text)));
  }

  private boolean isIn(String text) {
    return pattern.matcher(text).find();
  }

  /** The text with everything masked that may be a key, also what is only as long as one. */
  public static String maskWithin(String text) {
    var masked = text;
    for (var shape : ALL) {
      masked = masked(masked, shape.pattern);
    }
    return masked(masked, BARE_INSIDE);
  }

  private static String masked(String text, Pattern pattern) {
    return pattern.matcher(text).replaceAll(found -> Matcher.quoteReplacement(mask(found.group())));
  }

  /**
   * What may be shown: a known prefix and the last four characters; without a known prefix only the
   * last four; of a short key nothing.
   */
  public static String mask(String key) {
    var prefix = of(key).map(shape -> shape.prefix).orElse("");
    var body = key.length() - prefix.length();
    return prefix + "…" + (body < ENOUGH ? "" : key.substring(key.length() - LAST));
  }
}
