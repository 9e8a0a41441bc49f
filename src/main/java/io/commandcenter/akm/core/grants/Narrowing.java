package io.commandcenter.akm.core.grants;

import java.util.List;
import java.util.Optional;

/** What a child may, of what it asks for: always what both it and its parent name. */
public final class Narrowing {
  private Narrowing() {}

  /**
   * Names that are in both lists; an empty list names all.
   *
   * @return empty if they share none, which must never be mistaken for all
   */
  public static Optional<List<String>> names(List<String> parent, List<String> asked) {
    if (parent.isEmpty() || asked.isEmpty()) {
      return Optional.of(parent.isEmpty() ? asked : parent);
    }
    return some(asked.stream().filter(parent::contains).distinct().toList());
  }

  /** As {@link #names}, of {@link ModelPattern}s. */
  public static Optional<List<String>> models(List<String> parent, List<String> asked) {
    if (parent.isEmpty() || asked.isEmpty()) {
      return Optional.of(parent.isEmpty() ? asked : parent);
    }
    return some(
        asked.stream()
            .map(ModelPattern::of)
            .flatMap(
                wanted ->
                    parent.stream().map(ModelPattern::of).flatMap(own -> wanted.and(own).stream()))
            .map(ModelPattern::toString)
            .distinct()
            .toList());
  }

  private static Optional<List<String>> some(List<String> shared) {
    return shared.isEmpty() ? Optional.empty() : Optional.of(shared);
  }

  /** The smaller one; null limits nothing. */
  public static Long least(Long parent, Long asked) {
    if (parent == null || asked == null) {
      return parent == null ? asked : parent;
    }
    return Math.min(parent, asked);
  }
}
