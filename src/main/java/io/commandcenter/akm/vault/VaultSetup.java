package io.commandcenter.akm.vault;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.config.PublicUrl;
import io.commandcenter.akm.config.RoutingConfig;
import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.core.crypto.Keyring;
import io.commandcenter.akm.core.crypto.Seal;
import io.commandcenter.akm.provider.Endpoint;
import io.commandcenter.akm.provider.Minter;
import io.commandcenter.akm.provider.Upstream;
import io.commandcenter.akm.store.AuditStore;
import io.commandcenter.akm.store.Database;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What the vault is given.
 *
 * @param endpoints of every configured provider, by its name
 * @param environment the process's variables
 */
public record VaultSetup(
    Bus bus,
    Database database,
    AuditStore audit,
    Seal seal,
    ServerConfig config,
    Map<String, Endpoint> endpoints,
    RoutingConfig routing,
    Upstream upstream,
    Minter minter,
    PublicUrl publicUrl,
    Map<String, String> environment,
    Clock clock,
    SecureRandom random) {
  public VaultSetup {
    endpoints = Map.copyOf(endpoints);
    environment = Map.copyOf(environment);
  }

  /**
   * @param turn puts a keyring in force
   */
  RekeyTools rekey(Vertx vertx, Consumer<Keyring> turn) {
    var source = MasterKeySource.of(environment, config);
    return RekeyTools.of(vertx, database, audit, source, clock, random, turn);
  }
}
