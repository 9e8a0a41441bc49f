package io.commandcenter.akm.mcp.completions;

import io.commandcenter.akm.contract.Asking;
import java.time.InstantSource;

/** What this server completes. */
public final class Completions {
  private Completions() {}

  public static Completer of(Asking bus) {
    return of(bus, InstantSource.system());
  }

  /**
   * @param clock says which days are the last ones
   */
  public static Completer of(Asking bus, InstantSource clock) {
    return new NameCompleter(new KnownNames(bus, clock));
  }
}
