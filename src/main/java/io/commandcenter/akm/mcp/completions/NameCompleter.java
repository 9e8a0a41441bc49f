package io.commandcenter.akm.mcp.completions;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.Scope;
import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;

/** Completes by the name of the argument, which means the same wherever it stands. */
final class NameCompleter implements Completer {
  private static final int MOST = 100;
  private static final int LONGEST = 256;

  private final KnownNames names;

  NameCompleter(KnownNames names) {
    this.names = names;
  }

  @Override
  public Future<List<String>> complete(Wanted wanted) {
    if (wanted.prefix().length() > LONGEST) {
      return none();
    }
    var prefix = wanted.prefix().toLowerCase(Locale.ROOT);
    return all(wanted)
        // Nothing to propose is no fault: the vault may be sealed, or a room busy.
        .recover(cause -> cause instanceof Failure ? none() : Future.failedFuture(cause))
        .map(
            all ->
                all.stream()
                    .filter(name -> name.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .distinct()
                    .limit(MOST)
                    .toList());
  }

  private Future<List<String>> all(Wanted wanted) {
    return switch (wanted.argument()) {
      case "provider" -> names.providers();
      case "model" -> names.models(wanted.given().get("provider"));
      case "task" -> names.tasks();
      case "label" -> labels(wanted);
      case "day", "from", "to" -> names.days();
      case "by" -> Future.succeededFuture(List.of("provider", "model", "day"));
      case "action" -> Future.succeededFuture(List.of("show", "add", "check", "rotate", "remove"));
      default -> none();
    };
  }

  private Future<List<String>> labels(Wanted wanted) {
    return wanted.asker().scope().includes(Scope.OPERATOR)
        ? names.labels(wanted.given().get("provider"))
        : none();
  }

  private static Future<List<String>> none() {
    return Future.succeededFuture(List.of());
  }
}
