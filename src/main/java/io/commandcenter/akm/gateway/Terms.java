package io.commandcenter.akm.gateway;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.Principal;
import io.commandcenter.akm.contract.RouteRequest;
import io.commandcenter.akm.exchange.WireFormat;
import io.vertx.core.MultiMap;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a caller asks of the routing, from its model's name and its {@code x-akm-} headers. */
final class Terms {
  private static final int LONGEST_TAGS = 4096;
  private static final long LONGEST_MS = 600_000;

  private Terms() {}

  static RouteRequest of(Target target, WireFormat format, MultiMap headers, Principal by) {
    var task = headers.get("x-akm-task");
    var model =
        Model.of(
            target.model(), format.kind() == WireFormat.Kind.EMBEDDINGS ? "embeddings" : "chat");
    return new RouteRequest(
        task == null ? model.task() : task,
        null,
        model.model(),
        headers.get("x-akm-strategy"),
        null,
        List.of(),
        List.of(),
        null,
        null,
        null,
        whole(headers.get("x-akm-deadline-ms")),
        money(headers.get("x-akm-max-cost-usd")),
        tags(headers.get("x-akm-tags")),
        by.id(),
        by.grant(),
        null);
  }

  private static Long whole(String header) {
    if (header == null) {
      return null;
    }
    if (!header.trim().matches("[1-9]\\d{2,5}") || Long.parseLong(header.trim()) > LONGEST_MS) {
      throw Failure.badRequest(
          "`x-akm-deadline-ms` must be a whole number of milliseconds from 100 to " + LONGEST_MS);
    }
    return Long.valueOf(header.trim());
  }

  private static BigDecimal money(String header) {
    // Bounded: a number like 1e999999999 would take for ever to be written out.
    if (header == null) {
      return null;
    }
    if (!header.trim().matches("\\d{1,7}(\\.\\d{1,9})?")) {
      throw Failure.badRequest("`x-akm-max-cost-usd` must be a number like 0.25");
    }
    return new BigDecimal(header.trim());
  }

  /** {@code team=blue,run=7}. */
  private static Map<String, String> tags(String header) {
    if (header == null || header.isBlank()) {
      return Map.of();
    }
    if (header.length() > LONGEST_TAGS) {
      throw Failure.badRequest("`x-akm-tags` is too long");
    }
    var tags = new HashMap<String, String>();
    for (var pair : header.split(",")) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw Failure.badRequest("`x-akm-tags` must be like team=blue,run=7");
      }
      tags.put(pair.substring(0, equals).trim(), pair.substring(equals + 1).trim());
    }
    return tags;
  }
}
