package io.commandcenter.akm.mcp.resources;

import io.commandcenter.akm.contract.RouterCalls.ProviderView;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.mcp.resources.ProviderDirectory.Listing;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Providers and keys as tables, with what to do next. */
final class ProviderTables {
  private static final int MODELS = 3;

  private ProviderTables() {}

  static Markdown providers(Markdown text, List<ProviderView> providers) {
    return text.table(
        "provider,protocol,enabled,health,models,>usable keys,>requests left this minute",
        providers.stream()
            .map(
                one ->
                    new Object[] {
                      one.provider(),
                      one.protocol(),
                      one.enabled() ? "yes" : "no",
                      health(one),
                      models(one.models()),
                      one.needsKey() ? Integer.valueOf(one.keys()) : "needs none",
                      left(one)
                    }));
  }

  static Markdown keys(Markdown text, List<KeyInfo> keys) {
    return text.table(
        "provider,label,masked,state,>version,expires,last used,last validated",
        keys.stream()
            .map(
                key ->
                    new Object[] {
                      key.provider(),
                      key.label(),
                      key.masked(),
                      state(key),
                      key.version(),
                      key.expiresAt(),
                      key.lastUsedAt(),
                      key.lastValidatedAt()
                    }));
  }

  /** Says why there is no table of keys, or what to do without one. */
  static Markdown withKeys(Markdown text, Listing listing, List<KeyInfo> keys) {
    return switch (listing.shown()) {
      case HIDDEN -> text.say("Keys are shown to tokens of scope operator and above.");
      case SEALED ->
          text.say("The vault is sealed, so no key can be shown: `akm seal status` says why.");
      case SHOWN -> keys.isEmpty() ? text : keys(text.section("Keys"), keys);
    };
  }

  /** What the enabled providers lack, for somebody who sees this for the first time. */
  static Markdown next(Markdown text, List<ProviderView> providers) {
    var without =
        providers.stream()
            .filter(one -> one.enabled() && one.needsKey() && one.keys() == 0)
            .map(ProviderView::provider)
            .collect(Collectors.joining(", "));
    return without.isEmpty()
        ? text
        : text.say(
            "Without a usable key: "
                + without
                + ". Next: call add_api_key with the provider and a label such as main; a person"
                + " then enters the key on a one-time page, never here.");
  }

  private static String state(KeyInfo key) {
    return key.frozen() ? key.state() + ", frozen" : key.state();
  }

  private static String health(ProviderView one) {
    var cooling = one.coolingUntil();
    var state =
        one.healthDetail() == null ? one.health() : one.health() + ": " + one.healthDetail();
    return cooling == null ? state : state + " (cooling until " + time(cooling) + ")";
  }

  private static String time(Instant at) {
    return Markdown.utc(at);
  }

  private static Object left(ProviderView one) {
    return one.requestsPerMinute() == null
        ? "no limit"
        : one.requestsLeft() + " of " + one.requestsPerMinute();
  }

  private static String models(List<String> models) {
    var first = models.stream().limit(MODELS).collect(Collectors.joining(", "));
    return models.size() <= MODELS ? first : first + " and " + (models.size() - MODELS) + " more";
  }
}
