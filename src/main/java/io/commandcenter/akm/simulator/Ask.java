package io.commandcenter.akm.simulator;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A request as every wire format has it. */
sealed interface Ask {
  String model();

  /** All texts that are paid for as input. */
  Stream<String> texts();

  /**
   * @param texts of every message, the system's included
   * @param lastUser what is echoed
   * @param maxOutputTokens empty for no limit
   */
  record Chat(String model, List<String> all, String lastUser, Optional<Integer> maxOutputTokens)
      implements Ask {
    @Override
    public Stream<String> texts() {
      return all.stream();
    }
  }

  record Embed(String model, List<String> inputs) implements Ask {
    @Override
    public Stream<String> texts() {
      return inputs.stream();
    }
  }
}
