package io.commandcenter.akm.core.money;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * A price and the day it comes into force, at 00:00 UTC.
 *
 * @param from null for since the model's launch
 */
public record DatedPrice(LocalDate from, Price price) {
  boolean inForceAt(Instant at) {
    return from == null || !at.isBefore(from.atStartOfDay(ZoneOffset.UTC).toInstant());
  }
}
