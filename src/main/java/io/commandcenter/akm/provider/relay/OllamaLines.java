package io.commandcenter.akm.provider.relay;

import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.provider.wire.Fields;
import java.util.Optional;

/** The lines of Ollama's chat and generate. */
final class OllamaLines implements EventJudge {
  private static final byte[] DONE = Bytes.ascii("\"done\":");
  private static final byte[] ERROR = Bytes.ascii("\"error\"");

  private Fields last;
  private Fields error;

  @Override
  public Verdict judge(byte[] bytes, int from, int to, boolean begun) {
    int done = Bytes.find(bytes, from, to, DONE);
    boolean running = done >= 0 && done + DONE.length < to && bytes[done + DONE.length] == 'f';
    if (running && Bytes.find(bytes, from, to, ERROR) < 0) {
      return Verdict.CONTENT;
    }
    var line = Payload.of(bytes, from, to);
    if (line.has("error")) {
      error = line;
      return Verdict.ERROR;
    }
    if (!Boolean.TRUE.equals(line.map().get("done"))) {
      return line.map().isEmpty() ? Verdict.PRELUDE : Verdict.CONTENT;
    }
    last = line;
    return Verdict.LAST;
  }

  @Override
  public boolean completeAtClose() {
    return last != null;
  }

  @Override
  public Optional<TokenUsage> usage() {
    return last == null ? Optional.empty() : RelayUsage.ofOllama(last);
  }

  @Override
  public String servedModel() {
    return last == null ? null : last.text("model");
  }

  @Override
  public Fields error() {
    return error;
  }
}
