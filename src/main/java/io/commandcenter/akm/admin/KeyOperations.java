package io.commandcenter.akm.admin;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Call;
import io.commandcenter.akm.contract.EntryCalls;
import io.commandcenter.akm.contract.EntryCalls.BeginEntry;
import io.commandcenter.akm.contract.EntryCalls.EntryTerms;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.RotationCalls;
import io.commandcenter.akm.contract.RotationCalls.MintRotation;
import io.commandcenter.akm.contract.RotationCalls.RotateFromEnvironment;
import io.commandcenter.akm.contract.RotationCalls.RotateKey;
import io.commandcenter.akm.contract.VaultCalls;
import io.commandcenter.akm.contract.VaultCalls.AddFromEnvironment;
import io.commandcenter.akm.contract.VaultCalls.ChangeKey;
import io.commandcenter.akm.contract.VaultCalls.FindKey;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.contract.VaultCalls.ListKeys;
import io.commandcenter.akm.contract.VaultCalls.SealKey;
import io.commandcenter.akm.contract.Wire;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The operations on provider keys. */
final class KeyOperations {
  private final Asking bus;

  KeyOperations(Asking bus) {
    this.bus = bus;
  }

  /** The body of addKey, without the key. */
  record AddKey(
      String provider,
      String label,
      Integer weight,
      Instant expiresAt,
      List<String> tags,
      String owner,
      Integer maxAgeDays,
      String purpose,
      String envVar) {}

  /** The body of rotateKey, without the key. */
  record Rotate(
      String envVar, Boolean mint, Long graceSeconds, String rotationId, Integer canaryPercent) {}

  Map<String, Action> table() {
    return Map.of(
        "listKeys",
        this::list,
        "addKey",
        this::add,
        "getKey",
        this::find,
        "rotateKey",
        this::rotate,
        "validateKey",
        call -> bus.ask(VaultCalls.VALIDATE, change(call)).map(Answer::ok),
        "disableKey",
        call -> changed(VaultCalls.DISABLE, call),
        "enableKey",
        call -> changed(VaultCalls.ENABLE, call),
        "deleteKey",
        call -> changed(VaultCalls.DELETE, call));
  }

  private Future<Answer> list(AdminCall call) {
    return bus.ask(VaultCalls.LIST, new ListKeys(call.inQuery("provider"))).map(Answer::ok);
  }

  private Future<Answer> find(AdminCall call) {
    return bus.ask(VaultCalls.FIND, new FindKey(call.inPath("key_id"))).map(Answer::ok);
  }

  private Future<Answer> changed(Call<ChangeKey, KeyInfo> how, AdminCall call) {
    return bus.ask(how, change(call)).map(Answer::ok);
  }

  private Future<Answer> add(AdminCall call) {
    var key = Wire.fromJson(call.body(), AddKey.class);
    onlyOne(call, key.envVar());
    var by = call.by().id();
    if (call.secret() != null) {
      var weight = key.weight() == null ? 1 : key.weight();
      return bus.ask(
              VaultCalls.SEAL,
              new SealKey(
                  key.provider(),
                  key.label(),
                  call.secret(),
                  weight,
                  key.expiresAt(),
                  key.tags(),
                  key.owner(),
                  key.maxAgeDays(),
                  key.purpose(),
                  by))
          .map(Answer::created);
    }
    if (key.envVar() != null) {
      return bus.ask(
              VaultCalls.ADD_FROM_ENVIRONMENT,
              new AddFromEnvironment(
                  key.provider(),
                  key.label(),
                  key.envVar(),
                  key.weight(),
                  key.expiresAt(),
                  key.tags(),
                  key.owner(),
                  key.maxAgeDays(),
                  key.purpose(),
                  by))
          .map(Answer::created);
    }
    var terms =
        EntryTerms.ofNew(
            key.weight(),
            key.expiresAt(),
            key.tags(),
            key.owner(),
            key.maxAgeDays(),
            key.purpose());
    return link(new BeginEntry("add", key.provider(), key.label(), by, terms));
  }

  private Future<Answer> rotate(AdminCall call) {
    var change = Wire.fromJson(call.body(), Rotate.class);
    onlyOne(call, change.envVar());
    return bus.ask(VaultCalls.FIND, new FindKey(call.inPath("key_id")))
        .compose(key -> rotate(call, key, change));
  }

  private Future<Answer> rotate(AdminCall call, KeyInfo key, Rotate change) {
    var by = call.by().id();
    var grace = change.graceSeconds();
    if (call.secret() != null) {
      return bus.ask(
              RotationCalls.ROTATE,
              new RotateKey(
                  key.provider(),
                  key.label(),
                  call.secret(),
                  grace,
                  change.rotationId(),
                  change.canaryPercent(),
                  by))
          .map(Answer::ok);
    }
    if (change.envVar() != null) {
      return bus.ask(
              RotationCalls.ROTATE_FROM_ENVIRONMENT,
              new RotateFromEnvironment(
                  key.provider(),
                  key.label(),
                  change.envVar(),
                  grace,
                  change.rotationId(),
                  change.canaryPercent(),
                  by))
          .map(Answer::ok);
    }
    if (Boolean.TRUE.equals(change.mint())) {
      notForAMinter(grace, "grace_seconds");
      notForAMinter(change.canaryPercent(), "canary_percent");
      return bus.ask(RotationCalls.MINT, new MintRotation(key.keyId(), change.rotationId(), by))
          .map(Answer::ok);
    }
    notForAPerson(change.rotationId(), "rotation_id");
    var terms = EntryTerms.ofNext(grace, change.canaryPercent());
    return link(new BeginEntry("rotate", key.provider(), key.label(), by, terms));
  }

  private Future<Answer> link(BeginEntry ask) {
    return bus.ask(EntryCalls.BEGIN_ENTRY, ask).map(Answer::accepted);
  }

  private static ChangeKey change(AdminCall call) {
    return new ChangeKey(call.inPath("key_id"), call.by().id());
  }

  private static void onlyOne(AdminCall call, String envVar) {
    if (call.secret() != null && envVar != null) {
      throw Failure.badRequest(
          "give `key` or `env_var`, or neither for a one-time page, but not both");
    }
  }

  /** A page names its rotation itself; dropping the name in silence would surprise. */
  private static void notForAPerson(Object value, String field) {
    if (value != null) {
      throw Failure.badRequest("`" + field + "` needs `key` or `env_var`; leave it out");
    }
  }

  private static void notForAMinter(Object value, String field) {
    if (value != null) {
      throw Failure.badRequest("`" + field + "` is not for a minted key; leave it out");
    }
  }
}
