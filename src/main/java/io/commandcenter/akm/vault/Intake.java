package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.RotationCalls.RotateFromEnvironment;
import io.commandcenter.akm.contract.RotationCalls.RotateKey;
import io.commandcenter.akm.contract.RotationCalls.RotationInfo;
import io.commandcenter.akm.contract.VaultCalls.AddFromEnvironment;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.contract.VaultCalls.SealKey;
import io.commandcenter.akm.core.keys.KeyAbout;
import io.commandcenter.akm.core.keys.KeyPurpose;
import io.commandcenter.akm.vault.RotationStart.Wish;
import io.commandcenter.akm.vault.SealedKeys.NewKey;
import io.commandcenter.akm.vault.SealedKeys.Origin;
import io.vertx.core.Future;
import java.util.List;

/** Two ways in for a secret: a call of this process, and a variable of the environment. */
final class Intake {
  private final SealedKeys keys;
  private final Providers providers;
  private final Environment environment;
  private final RotationDesk rotations;

  Intake(VaultTools tools, RotationDesk rotations) {
    this.rotations = rotations;
    keys = tools.sealedKeys();
    providers = tools.providers();
    environment = tools.environment();
  }

  Future<KeyInfo> seal(SealKey ask) {
    var about = about(ask.purpose(), ask.owner(), ask.tags(), ask.maxAgeDays());
    var asked = new NewKey(ask.provider(), ask.label(), ask.weight(), ask.expiresAt(), about);
    return keys.add(asked, ask.secret(), new Origin(ask.by(), null, null));
  }

  Future<KeyInfo> addFromEnvironment(AddFromEnvironment ask) {
    // First the provider: a wrong name must not depend on what the environment holds.
    providers.endpoint(ask.provider());
    var about = about(ask.purpose(), ask.owner(), ask.tags(), ask.maxAgeDays());
    var asked = new NewKey(ask.provider(), ask.label(), ask.weight(), ask.expiresAt(), about);
    try (var secret = environment.required(ask.envVar())) {
      return keys.add(asked, secret, new Origin(ask.by(), ask.envVar(), null));
    }
  }

  private static KeyAbout about(
      String purpose, String owner, List<String> tags, Integer maxAgeDays) {
    Plain.noKeyIn(owner);
    Plain.noKeyIn(tags.toArray(String[]::new));
    return new KeyAbout(KeyPurpose.ofSlug(purpose), owner, tags, maxAgeDays);
  }

  Future<RotationInfo> rotate(RotateKey ask) {
    providers.endpoint(ask.provider());
    var wish = new Wish(ask.rotationId(), ask.graceSeconds(), ask.canaryPercent());
    var origin = new Origin(ask.by(), null, null);
    return rotations.rotate(ask.provider(), ask.label(), ask.secret(), wish, origin);
  }

  Future<RotationInfo> rotateFromEnvironment(RotateFromEnvironment ask) {
    providers.endpoint(ask.provider());
    var wish = new Wish(ask.rotationId(), ask.graceSeconds(), ask.canaryPercent());
    var origin = new Origin(ask.by(), ask.envVar(), null);
    try (var secret = environment.required(ask.envVar())) {
      return rotations.rotate(ask.provider(), ask.label(), secret, wish, origin);
    }
  }
}
