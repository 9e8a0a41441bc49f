package io.commandcenter.akm.mcp;

import io.commandcenter.akm.mcp.tools.Progress;
import io.commandcenter.akm.mcp.transport.feature.Call;

/** A running call's way back to its client. */
record CallProgress(Call call) implements Progress {
  @Override
  public void report(double done, Double total, String message) {
    call.progress(done, total, message);
  }

  @Override
  public void onCancel(Runnable stop) {
    call.onCancel(stop);
  }
}
