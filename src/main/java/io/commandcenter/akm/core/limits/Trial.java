package io.commandcenter.akm.core.limits;

/** Lets one request at a time through to a provider that is recovering. */
public final class Trial {
  private boolean running;

  public boolean tryStart() {
    if (running) {
      return false;
    }
    running = true;
    return true;
  }

  public void end() {
    running = false;
  }

  public boolean running() {
    return running;
  }
}
