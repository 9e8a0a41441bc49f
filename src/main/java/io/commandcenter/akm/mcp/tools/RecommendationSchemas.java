package io.commandcenter.akm.mcp.tools;

/** The output of get_routing_recommendations. */
final class RecommendationSchemas {
  private RecommendationSchemas() {}

  static Schema recommendations() {
    return Schema.object("Where the tasks go, and what could be better.")
        .required("days", Schema.integer("Of how many days the figures are."))
        .required("attempts", Schema.integer("How many attempts they are of."))
        .required("tasks", Schema.array("Where each goes now.", task()))
        .required("recommendations", Schema.array("Most urgent first.", recommendation()))
        .optional("note", Schema.string("What cannot be told, and why."));
  }

  private static Schema task() {
    return Schema.object("A task.")
        .required("task", Schema.string("Its name."))
        .optional("provider", Schema.string("Who gets it; absent if nobody may."))
        .optional("model", Schema.string("Its model."))
        .required("why", Schema.string("One sentence."));
  }

  private static Schema recommendation() {
    return Schema.object("One thing to change.")
        .required("severity", Schema.string("critical, warning or suggestion."))
        .required("kind", Schema.string("A stable word, like cheaper, faster or no-key."))
        .optional("task", Schema.string("The task it is about."))
        .optional("provider", Schema.string("The provider it is about."))
        .required("reason", Schema.string("One sentence with figures."))
        .required("change", Schema.string("The configuration or the tool call that would follow."))
        .optional(
            "monthly_saving_usd",
            Schema.number("Estimated, US dollars; negative if it costs more. Only about money."));
  }
}
