package io.commandcenter.akm.mcp;

import io.commandcenter.akm.mcp.tools.Progress;

/** A client that is told nothing while its call runs. */
enum Unheard implements Progress {
  PROGRESS;

  @Override
  public void report(double done, Double total, String message) {
    // nobody listens
  }

  @Override
  public void onCancel(Runnable stop) {
    // it waits for the end
  }
}
