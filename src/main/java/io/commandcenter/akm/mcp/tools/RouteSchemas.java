package io.commandcenter.akm.mcp.tools;

/** What route_request takes and gives. */
final class RouteSchemas {
  private static final int LONGEST = 2_000_000;

  private RouteSchemas() {}

  static Schema input() {
    return Schema.object("The request; only one of prompt, messages and input.")
        .optional("task", Schema.string("A task of api://routing.").atMost(64))
        .optional("provider", Schema.string("Preferred: tried first.").atMost(64))
        .optional("model", Schema.string("A model, or provider/model.").atMost(256))
        .optional("prompt", Schema.string("One user message.").atMost(LONGEST))
        .optional("messages", Schema.array("A conversation.", message()).atMostItems(10_000))
        .optional(
            "input",
            Schema.array("Texts to embed.", Schema.string("A text.").atMost(LONGEST))
                .atMostItems(2048))
        .optional(
            "strategy",
            Schema.string("Instead of the task's own.").oneOf("priority", "cheapest", "weighted"))
        .optional("max_output_tokens", Schema.integer("Limit of the answer.").between(1, 2_000_000))
        .optional("temperature", Schema.number("Randomness.").between(0, 2))
        .optional(
            "max_cost_usd",
            Schema.number("Dearer candidates are passed over, US dollars.").between(0, 1_000_000))
        .optional(
            "deadline_ms", Schema.integer("For the whole request, ms.").between(100, 600_000));
  }

  private static Schema message() {
    return Schema.object("A message.")
        .required("role", Schema.string("Who says it.").oneOf("system", "user", "assistant"))
        .required("content", Schema.string("What is said.").atMost(LONGEST));
  }

  static Schema output() {
    return Schema.object("The answer, and how it came about.")
        .required("request_id", Schema.string("Names the request in usage and log."))
        .optional("operation", Schema.string("chat or embeddings."))
        .optional("text", Schema.string("The answer; absent for embeddings and decisions."))
        .optional(
            "embeddings",
            Schema.array(
                "One for each input.", Schema.array("A vector.", Schema.number("A component."))))
        .optional(
            "finish_reason", Schema.string("stop, length, tool-calls, content-filter, error."))
        .required("decision", decision())
        .optional("attempts", Schema.array("In order.", attempt()))
        .optional("usage", tokens())
        .optional("cost_usd", Schema.number("Of all attempts, US dollars."))
        .optional("latency_ms", Schema.integer("Milliseconds."));
  }

  /** Of explain_decision. */
  static Schema explained() {
    return Schema.object("A decision, and what came of it.")
        .required("request_id", Schema.string("Names the request in usage and log."))
        .optional("principal", Schema.string("Who asked: a token's id."))
        .required("decision", decision())
        .required("attempts", Schema.array("In order; none while the first one runs.", attempt()))
        .optional("cost_usd", Schema.number("Of all attempts, US dollars; absent while they run."));
  }

  private static Schema decision() {
    return Schema.object("Which candidates there are, and why.")
        .required("decision_id", Schema.string("Names the decision."))
        .optional("at", Schema.string("When, ISO 8601."))
        .optional("task", Schema.string("The task."))
        .optional("operation", Schema.string("chat or embeddings."))
        .optional("strategy", Schema.string("How the targets were ordered."))
        .optional("chosen", candidate())
        .required("candidates", Schema.array("All of them.", candidate()))
        .optional("explanation", Schema.string("One sentence."));
  }

  private static Schema candidate() {
    return Schema.object("A provider and model.")
        .optional("rank", Schema.integer("1 is tried first; absent if excluded."))
        .required("provider", Schema.string("The provider."))
        .optional("model", Schema.string("The model."))
        .optional("key_id", Schema.string("The key to be used."))
        .optional("key_label", Schema.string("Its label."))
        .required("verdict", Schema.string("chosen, fallback or excluded."))
        .optional("reason", Schema.string("A stable word."))
        .optional("detail", Schema.string("One sentence."))
        .optional("estimated_cost_usd", Schema.number("An upper bound, US dollars."));
  }

  private static Schema attempt() {
    return Schema.object("One request to a provider.")
        .required("number", Schema.integer("Counts from 1."))
        .required("provider", Schema.string("The provider."))
        .optional("model", Schema.string("The model."))
        .optional("key_id", Schema.string("The key that was used."))
        .required("outcome", Schema.string("ok, or an error class."))
        .optional("http_status", Schema.integer("What the provider answered."))
        .optional("detail", Schema.string("One sentence."))
        .required("latency_ms", Schema.integer("Milliseconds."))
        .optional("usage", tokens())
        .optional("cost_usd", Schema.number("US dollars."));
  }

  private static Schema tokens() {
    return Schema.object("Tokens in disjoint buckets.")
        .required("input_tokens", Schema.integer("Not from or to a cache."))
        .required("cache_read_tokens", Schema.integer("Read from a cache."))
        .required("cache_write_tokens", Schema.integer("Written to a cache."))
        .required("cache_write_long_tokens", Schema.integer("Written to a long-lived cache."))
        .required("output_tokens", Schema.integer("Including reasoning."))
        .required("reasoning_tokens", Schema.integer("Part of the output tokens."))
        .required("total_tokens", Schema.integer("All of them."))
        .required("estimated", Schema.bool("True if the provider did not say."));
  }
}
