package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.DecoyCalls.AddDecoy;
import io.commandcenter.akm.contract.DecoyCalls.MintedDecoy;
import io.commandcenter.akm.contract.DecoyCalls.Noted;
import io.commandcenter.akm.contract.DecoyCalls.PresentedToken;
import io.commandcenter.akm.contract.Facts;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.LeaseCalls.TakeLease;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.core.keys.DecoyShape;
import io.commandcenter.akm.core.keys.KeyAbout;
import io.commandcenter.akm.core.keys.KeyPurpose;
import io.commandcenter.akm.core.keys.KeyState;
import io.commandcenter.akm.provider.Endpoint;
import io.commandcenter.akm.store.AuditDetail;
import io.commandcenter.akm.store.AuditDetail.Field;
import io.commandcenter.akm.store.AuditEntry.Action;
import io.commandcenter.akm.store.DenialLog;
import io.commandcenter.akm.store.KeyRow;
import io.commandcenter.akm.store.KeyStore;
import io.commandcenter.akm.vault.SealedKeys.NewKey;
import io.commandcenter.akm.vault.SealedKeys.Origin;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys that nobody may use. Whoever tries to, has found one where it was planted: people hear of
 * it.
 */
final class Decoys {
  private static final Logger log = LoggerFactory.getLogger(Decoys.class);
  private static final Set<String> CHANGES = Set.of("added", "updated", "revoked");
  private static final int USES_PER_MINUTE = 60;

  private final KeyStore keys;
  private final SealedKeys sealed;
  private final Custody custody;
  private final Providers providers;
  private final Notices notices;
  private final DenialLog uses;
  private final Clock clock;
  private final SecureRandom random;
  private volatile Map<String, KeyRow> byId = Map.of();
  private volatile Map<String, KeyRow> byFingerprint = Map.of();

  Decoys(VaultTools tools) {
    keys = tools.keys();
    sealed = tools.sealedKeys();
    custody = tools.custody();
    providers = tools.providers();
    notices = tools.notices();
    clock = tools.clock();
    random = tools.random();
    uses = new DenialLog(tools.audit(), clock, USES_PER_MINUTE);
  }

  Future<Void> load() {
    return keys.list()
        .onSuccess(
            all -> {
              var decoys =
                  all.stream()
                      .filter(key -> key.about().purpose() == KeyPurpose.DECOY)
                      .filter(key -> key.state() != KeyState.REVOKED)
                      .toList();
              byId = decoys.stream().collect(Collectors.toMap(KeyRow::id, Function.identity()));
              byFingerprint =
                  decoys.stream()
                      .collect(
                          Collectors.toMap(
                              KeyRow::fingerprint, Function.identity(), (first, same) -> first));
            })
        .mapEmpty();
  }

  /** Another node may have made or ended one. */
  void heard(Facts.KeyChanged change) {
    if (CHANGES.contains(change.change())) {
      load().onFailure(cause -> log.error("the decoys could not be read", cause));
    }
  }

  Future<MintedDecoy> add(AddDecoy ask) {
    var endpoint = providers.endpoint(ask.provider());
    var text = DecoyShape.of(ask.provider(), shape(endpoint), random);
    var asked = new NewKey(ask.provider(), ask.label(), 1, null, KeyAbout.of(KeyPurpose.DECOY));
    return sealed
        .add(asked, Secret.of(text), new Origin(ask.by(), null, null))
        .compose(key -> load().map(key))
        .map(key -> new MintedDecoy(key.keyId(), key.provider(), key.label(), key.masked(), text));
  }

  private static String shape(Endpoint endpoint) {
    return endpoint.protocol() == null ? endpoint.provider() : endpoint.protocol().name();
  }

  /** Refuses a lease of a decoy, and tells. */
  void refuseLease(TakeLease ask) {
    var decoy = byId.get(ask.keyId());
    if (decoy != null) {
      used(decoy, ask.by(), detail(decoy).with(Field.REQUEST, ask.requestId()));
      throw new Failure(Code.CONFLICT, "the key is not kept for requests; use another");
    }
  }

  /** Answers the same whatever was presented. */
  Future<Noted> presented(PresentedToken ask) {
    try (var secret = Secret.of(ask.token())) {
      var decoy = byFingerprint.get(custody.fingerprint(secret));
      if (decoy != null) {
        used(decoy, "anonymous", detail(decoy).with(Field.REMOTE, ask.remote()));
      }
    }
    return Future.succeededFuture(new Noted());
  }

  /** The row says whether it still is one: what is remembered here may be a moment old. */
  private void used(KeyRow decoy, String by, AuditDetail detail) {
    keys.find(decoy.id())
        .onSuccess(
            found ->
                found
                    .filter(key -> key.state() != KeyState.REVOKED)
                    .ifPresent(key -> tell(key, by, detail)))
        .onFailure(cause -> log.error("a decoy was used, but could not be looked at", cause));
  }

  /** Each use is in the audit log, up to a bound; people hear of it once a minute. */
  private void tell(KeyRow decoy, String by, AuditDetail detail) {
    uses.denied(by, Action.DECOY_USE, decoy.id(), detail);
    var minute = clock.instant().getEpochSecond() / 60;
    notices.raise("decoy-used", decoy.id(), decoy.id() + "/used/" + minute, detail);
  }

  private static AuditDetail detail(KeyRow decoy) {
    return AuditDetail.NONE.with(Field.PROVIDER, decoy.provider()).with(Field.LABEL, decoy.label());
  }
}
