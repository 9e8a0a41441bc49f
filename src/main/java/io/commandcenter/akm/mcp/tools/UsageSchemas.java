package io.commandcenter.akm.mcp.tools;

/** The output of get_usage: the usage report, and a breakdown when one was asked for. */
final class UsageSchemas {
  private UsageSchemas() {}

  static Schema usage() {
    return Schema.object("Usage by provider, and the budget.")
        .required("providers", Schema.map("Usage of each provider.", provider()))
        .required("total_cost", Schema.number("US dollars."))
        .optional("budget_limit", Schema.number("US dollars of this month; absent without one."))
        .optional("budget_remaining", Schema.number("Limit less spent and held, US dollars."))
        .optional("budget_period", Schema.string("For example 2026-11."))
        .optional("currency", Schema.string("USD."))
        .optional("breakdown", breakdown());
  }

  private static Schema provider() {
    return Schema.object("One provider.")
        .required("total_requests", Schema.integer("Attempts sent."))
        .required("total_tokens", Schema.integer("Tokens of every kind."))
        .required("estimated_cost", Schema.number("US dollars."))
        .required(
            "last_30_days",
            Schema.object("The last 30 days.")
                .required("requests", Schema.integer("Attempts sent."))
                .required("tokens", Schema.integer("Tokens of every kind."))
                .required("cost", Schema.number("US dollars.")));
  }

  private static Schema breakdown() {
    return Schema.object("Usage between two days.")
        .required("by", Schema.string("provider, model or day."))
        .optional("from", Schema.string("First day, UTC."))
        .optional("to", Schema.string("Last day, UTC."))
        .required("rows", Schema.array("One for each provider, model or day.", row()))
        .optional("next", Schema.integer("Pass it as after for more; absent at the end."));
  }

  private static Schema row() {
    return Schema.object("One row.")
        .optional("provider", Schema.string("The provider."))
        .optional("model", Schema.string("The model."))
        .optional("day", Schema.string("The day, UTC."))
        .required("requests", Schema.integer("Attempts sent."))
        .required("errors", Schema.integer("Attempts that did not end ok."))
        .required("input_tokens", Schema.integer("Not from or to a cache."))
        .required("cache_read_tokens", Schema.integer("Read from a cache."))
        .required("cache_write_tokens", Schema.integer("Written to a cache."))
        .required("output_tokens", Schema.integer("Including reasoning."))
        .required("total_tokens", Schema.integer("All of them."))
        .required("cost_usd", Schema.number("US dollars."));
  }
}
