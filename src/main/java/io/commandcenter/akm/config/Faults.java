package io.commandcenter.akm.config;

import java.util.ArrayList;
import java.util.List;

/** Collects faults, so that a person can mend them all at once. */
final class Faults {
  private final List<String> faults = new ArrayList<>();

  void add(String where, String what) {
    faults.add(where.isEmpty() ? what : where + ": " + what);
  }

  void throwIfAny() {
    if (!faults.isEmpty()) {
      throw new ConfigFault(faults);
    }
  }
}
