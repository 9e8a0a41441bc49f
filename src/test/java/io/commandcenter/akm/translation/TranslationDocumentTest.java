package io.commandcenter.akm.translation;

import io.commandcenter.akm.testkit.Documents;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TranslationDocumentTest {
  private static final Map<String, String> NAMES =
      Map.of(
          "openai", "OpenAI chat",
          "responses", "OpenAI responses",
          "anthropic", "Anthropic",
          "google", "Google",
          "ollama", "Ollama",
          "bedrock", "Bedrock");

  private final StringBuilder document = new StringBuilder();

  @Test
  void showsTheTablesAsTheTestsHoldThem() throws IOException {
    var requests = RequestTable.read();
    title("Requests: how a caller says it", "A dash: this dialect has no word for it.");
    table(
        RequestTable.DIALECTS.keySet(),
        requests,
        feature -> feature.name,
        (feature, dialect) -> said(feature.said.get(dialect)));
    title(
        "Requests: what a provider gets",
        "The same from every dialect, if nothing else is said; a model in brackets is one it is true for.");
    table(
        RequestTable.MODELS.keySet(),
        requests,
        feature -> feature.name,
        TranslationDocumentTest::got);
    title("Answers: what a caller gets", "The same from every provider named, whole and streamed.");
    table(
        RequestTable.DIALECTS.keySet(),
        AnswerTable.read(),
        feature -> feature.name + " (from " + names(feature.given.keySet()) + ")",
        (feature, dialect) -> cell(dialect, feature.outcomes));
    Documents.compareSection("translation.md", "tables", document.append('\n').toString());
  }

  /** The cell of a feature and a column. */
  @FunctionalInterface
  private interface Cell<T> {
    String of(T feature, String column);
  }

  private void title(String title, String note) {
    document.append("\n### ").append(title).append("\n\n").append(note).append("\n\n");
  }

  private <T> void table(
      Set<String> columns, Collection<T> features, Function<T, String> name, Cell<T> cell) {
    row("", columns.stream().map(NAMES::get).toList());
    row("---", columns.stream().map(column -> "---").toList());
    for (var feature : features) {
      row(name.apply(feature), columns.stream().map(one -> cell.of(feature, one)).toList());
    }
  }

  private void row(String first, Collection<String> cells) {
    document.append("| ").append(first).append(" | ");
    document.append(String.join(" | ", cells)).append(" |\n");
  }

  private static String said(RequestTable.Said said) {
    return said.refusal() == null ? said.label() : "refused: `" + said.refusal() + "`";
  }

  private static String got(RequestTable.Feature feature, String provider) {
    var model = feature.models.get(provider);
    var usual = model.equals(RequestTable.MODELS.get(provider));
    return cell(provider, feature.outcomes) + (usual ? "" : " (" + model + ")");
  }

  /** The usual outcome of a column, then those that are different. */
  private static String cell(String column, Map<String, Outcome> outcomes) {
    return outcomes.entrySet().stream()
        .filter(outcome -> outcome.getKey().split(" ")[0].equals(column))
        .map(
            outcome -> {
              var special = outcome.getKey().split(" from ");
              var from = special.length == 1 ? "" : "; from " + NAMES.get(special[1]) + " ";
              return from + outcome.getValue().cell();
            })
        .collect(Collectors.joining());
  }

  private static String names(Set<String> providers) {
    return providers.stream()
        .map(name -> name.equals("openai") ? "OpenAI" : NAMES.get(name))
        .collect(Collectors.joining(", "));
  }
}
