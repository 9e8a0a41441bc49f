package io.commandcenter.akm.testkit;

import io.commandcenter.akm.contract.Call;
import io.commandcenter.akm.contract.Catalogue;
import io.commandcenter.akm.contract.Fact;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes docs/bus.md from the contract: addresses, shapes, and what the records' comments say of
 * each member.
 */
public final class BusDocument {
  private static final Path CONTRACT = Path.of("src/main/java/io/commandcenter/akm/contract");
  private static final Pattern COMMENTED_RECORD =
      Pattern.compile(
          "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@\\S+\\s+)*public record (\\w+)\\b", Pattern.DOTALL);
  private static final Pattern PARAM =
      Pattern.compile("@param (\\w+)\\s+((?:(?!@param).)*)", Pattern.DOTALL);

  private final Map<String, Map<String, String>> comments = new LinkedHashMap<>();
  private final Set<Class<?>> shapes = new LinkedHashSet<>();
  private final StringBuilder out = new StringBuilder();

  public static String render() throws IOException {
    var document = new BusDocument();
    document.readComments();
    document.write();
    return document.out.toString();
  }

  private void readComments() throws IOException {
    try (var files = Files.list(CONTRACT)) {
      for (var file : files.sorted().toList()) {
        var records = COMMENTED_RECORD.matcher(Files.readString(file));
        while (records.find()) {
          comments.put(records.group(2), params(records.group(1)));
        }
      }
    }
  }

  private static Map<String, String> params(String comment) {
    var text = comment.replaceAll("\\s*\\n\\s*\\*\\s?", " ");
    Matcher matcher = PARAM.matcher(text);
    var params = new LinkedHashMap<String, String>();
    while (matcher.find()) {
      var said = matcher.group(2).strip().replaceAll("\\{@code ([^}]*)\\}", "`$1`");
      params.put(matcher.group(1), said.replaceAll("\\{@link ([^}]*)\\}", "$1"));
    }
    return params;
  }

  private void write() {
    line("# The bus");
    line("");
    line(
        "Every address of the event bus. Written from the contract by `BusDocumentTest`, which fails when this file");
    line(
        "and the code differ (`mvn test -Dtest=BusDocumentTest -Dakm.docs=write` writes it anew).");
    line("");
    line(
        "- A **call** is request/reply. `cluster` calls are JSON objects with snake_case members, so any Vert.x client of");
    line(
        "  the same cluster can make them; `node` calls go by reference inside one process and cannot be encoded for the");
    line("  wire: they are the only ones that may carry a plaintext key.");
    line(
        "- A failed call is a failed reply: its failure code is the number of [errors.md](errors.md), its message is");
    line(
        "  `{\"detail\": \"…\", \"context\": {…}}`. Every call may fail with "
            + codes(Call.COMMON)
            + ".");
    line("- A **fact** is published to every node after what it says has been committed.");
    line(
        "- Instants are ISO-8601 in UTC, money is decimal US dollars (`…_usd`) or nano-dollars (`…_nanos`), absent means null.");
    line(
        "- Whoever can reach the cluster is trusted: the bus has no tokens. Keep it on a private network.");
    line("");
    line("## Calls");
    line("");
    line("| address | reach | request → answer | purpose | may also fail with |");
    line("|---|---|---|---|---|");
    Catalogue.CALLS.forEach(this::call);
    line("");
    line("## Facts");
    line("");
    line("| address | body | meaning |");
    line("|---|---|---|");
    Catalogue.FACTS.forEach(this::fact);
    line("");
    line("## Shapes");
    var written = new LinkedHashSet<Class<?>>();
    while (written.size() < shapes.size()) {
      for (var shape : Set.copyOf(shapes)) {
        if (written.add(shape)) {
          components(shape);
        }
      }
    }
    shapes.stream()
        .sorted((a, b) -> a.getSimpleName().compareTo(b.getSimpleName()))
        .forEach(this::shape);
  }

  private void call(Call<?, ?> call) {
    line(
        "| `%s` | %s | %s → %s | %s | %s |"
            .formatted(
                call.address(),
                call.reach().name().toLowerCase(java.util.Locale.ROOT),
                name(call.request()),
                name(call.answer()),
                call.purpose(),
                codes(call.errors())));
  }

  private void fact(Fact<?> fact) {
    line("| `%s` | %s | %s |".formatted(fact.address(), name(fact.body()), fact.purpose()));
  }

  private void shape(Class<?> shape) {
    line("");
    line("### " + shape.getSimpleName());
    line("");
    if (shape.getRecordComponents().length == 0) {
      line("No members.");
      return;
    }
    line("| member | type | |");
    line("|---|---|---|");
    var said = comments.getOrDefault(shape.getSimpleName(), Map.of());
    for (RecordComponent component : shape.getRecordComponents()) {
      line(
          "| `%s` | %s | %s |"
              .formatted(
                  member(component),
                  type(component.getGenericType()),
                  said.getOrDefault(component.getName(), "").replace("|", "\\|")));
    }
  }

  private static String member(RecordComponent component) {
    var renamed =
        component.getAccessor().getAnnotation(com.fasterxml.jackson.annotation.JsonProperty.class);
    return renamed != null
        ? renamed.value()
        : component
            .getName()
            .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
            .toLowerCase(java.util.Locale.ROOT);
  }

  private void components(Class<?> shape) {
    for (var component : shape.getRecordComponents()) {
      type(component.getGenericType());
    }
  }

  private String name(Class<?> shape) {
    shapes.add(shape);
    return "["
        + shape.getSimpleName()
        + "](#"
        + shape.getSimpleName().toLowerCase(java.util.Locale.ROOT)
        + ")";
  }

  private String type(Type type) {
    if (type instanceof ParameterizedType generic) {
      var arguments = generic.getActualTypeArguments();
      return Map.class.equals(generic.getRawType())
          ? "object of " + type(arguments[1])
          : "list of " + type(arguments[0]);
    }
    var plain = (Class<?>) type;
    if (plain.isRecord()) {
      return name(plain);
    }
    return switch (plain.getSimpleName()) {
      case "String" -> "text";
      case "int", "long", "Integer", "Long" -> "whole number";
      case "Double", "BigDecimal" -> "decimal";
      case "boolean", "Boolean" -> "true or false";
      case "Instant" -> "instant";
      case "LocalDate" -> "day";
      case "Secret" -> "secret, by reference";
      case "Scope" -> "scope";
      default -> throw new IllegalArgumentException("no word for " + plain);
    };
  }

  private static String codes(Collection<io.commandcenter.akm.contract.Code> codes) {
    return codes.stream().map(Enum::name).collect(Collectors.joining(", "));
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
