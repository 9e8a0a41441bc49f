package io.commandcenter.akm.config;

import java.util.List;

/** Everything that is wrong with the configuration, one sentence each. */
public final class ConfigFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<String> faults;

  ConfigFault(List<String> faults) {
    super(String.join("\n", faults), null, false, false);
    this.faults = List.copyOf(faults);
  }

  public List<String> faults() {
    return faults;
  }
}
