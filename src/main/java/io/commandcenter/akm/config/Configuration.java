package io.commandcenter.akm.config;

import io.commandcenter.akm.core.money.ModelCatalogue;
import io.commandcenter.akm.core.money.PriceBook;

/**
 * Everything that is read once at start.
 *
 * @param source the directory it was read from, or {@code built-in}
 */
public record Configuration(
    ServerConfig server,
    RoutingConfig routing,
    ModelCatalogue models,
    PriceBook prices,
    String source) {}
