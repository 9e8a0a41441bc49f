package io.commandcenter.akm.mcp.tools;

/** The output of get_provider_stats. */
final class StatsSchemas {
  private StatsSchemas() {}

  static Schema stats() {
    return Schema.object("How the providers did.")
        .required("window", Schema.string("1h, 24h, 7d or 30d, until now."))
        .required("by", Schema.string("provider, model or task."))
        .required("since", Schema.string("Its begin, ISO 8601."))
        .required("until", Schema.string("Its end."))
        .required("rows", Schema.array("Those with the most attempts first.", row()))
        .required("left_out", Schema.integer("How many rows there are besides."))
        .required("providers", Schema.map("What is known of each provider now.", now()));
  }

  private static Schema row() {
    return Schema.object("A provider, one of its models, or a task at one of them.")
        .required("provider", Schema.string("The provider."))
        .optional("model", Schema.string("The model."))
        .optional("task", Schema.string("The task."))
        .required("requests", Schema.integer("Attempts, however they ended."))
        .required("ok", Schema.integer("Answered."))
        .required("cancelled", Schema.integer("Given up by their callers, or never sent."))
        .required("errors", Schema.map("Attempts by error class.", Schema.integer("How many.")))
        .optional("success_rate", Schema.number("Ok of all not cancelled, 0 to 1."))
        .optional("p50_ms", Schema.integer("Half of the answers took no longer."))
        .optional("p95_ms", Schema.integer("95 of 100 answers took no longer."))
        .required("input_tokens", Schema.integer("From and to a cache included."))
        .required("output_tokens", Schema.integer("Reasoning included."))
        .required("total_tokens", Schema.integer("All of them."))
        .required("cost_usd", Schema.number("US dollars."))
        .optional("cost_per1k_tokens_usd", Schema.number("US dollars for 1,000 tokens."))
        .required("newest_only", Schema.bool("There were more attempts; these are the newest."))
        .required("since", Schema.string("From when on these are."));
  }

  private static Schema now() {
    return Schema.object("A provider now.")
        .required("enabled", Schema.bool("Whether it takes part."))
        .required("health", Schema.string("up, down, probing or unknown."))
        .optional("health_detail", Schema.string("Why."))
        .required("keys", Schema.integer("How many keys are usable."))
        .optional("cooling_until", Schema.string("Nothing is sent before; absent if it is open."));
  }
}
