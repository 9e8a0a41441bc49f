package io.commandcenter.akm.usage;

import io.commandcenter.akm.config.RoutingConfig;
import io.commandcenter.akm.config.ServerConfig.BudgetSettings;
import io.commandcenter.akm.core.money.ModelCatalogue;
import io.commandcenter.akm.core.money.PriceBook;
import java.nio.file.Path;

/**
 * What the usage room is told at its start.
 *
 * @param models the price file's models, for estimates of what no configured provider offers
 * @param webhook null to send no alerts
 * @param bootId unlike that of every other run of the server
 * @param dataDir keeps the journal of attempts that are not in the database yet
 */
public record UsageSettings(
    PriceBook prices,
    ModelCatalogue models,
    RoutingConfig routing,
    BudgetSettings budget,
    Webhook webhook,
    String bootId,
    Path dataDir) {}
