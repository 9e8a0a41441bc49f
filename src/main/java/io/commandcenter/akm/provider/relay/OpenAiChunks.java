package io.commandcenter.akm.provider.relay;

import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.provider.openai.OpenAiUsage;
import io.commandcenter.akm.provider.wire.Fields;
import java.util.Optional;

/** The chunks of Chat Completions, and of the older completions. */
final class OpenAiChunks implements EventJudge {
  private static final byte[] USAGE = Bytes.ascii("\"usage\":");
  private static final byte[] ERROR = Bytes.ascii("\"error\":");

  private final boolean usageIsOurs;
  private final boolean reasoningBeside;
  private TokenUsage usage;
  private String model;
  private Fields error;
  private boolean done;

  /**
   * @param usageIsOurs whether the caller did not ask for the usage chunk
   */
  OpenAiChunks(boolean usageIsOurs, boolean reasoningBeside) {
    this.usageIsOurs = usageIsOurs;
    this.reasoningBeside = reasoningBeside;
  }

  @Override
  public Verdict judge(byte[] bytes, int from, int to, boolean begun) {
    int payload = Bytes.payload(bytes, from, to);
    if (payload < 0) {
      return Verdict.PRELUDE;
    }
    if (payload < to && bytes[payload] == '[') {
      done = true;
      return Verdict.LAST;
    }
    int usageAt = Bytes.find(bytes, payload, to, USAGE);
    boolean counted = usageAt >= 0 && Bytes.objectAt(bytes, usageAt + USAGE.length, to);
    if (begun && !counted && Bytes.find(bytes, payload, to, ERROR) < 0) {
      return Verdict.CONTENT;
    }
    return judge(Payload.of(bytes, payload, to));
  }

  private Verdict judge(Fields chunk) {
    if (chunk.has("error")) {
      error = chunk;
      return Verdict.ERROR;
    }
    model = chunk.text("model") == null ? model : chunk.text("model");
    var said = chunk.has("usage") ? chunk.at("usage") : chunk.at("x_groq").at("usage");
    if (!said.json().isEmpty()) {
      usage = OpenAiUsage.counted(said, reasoningBeside);
    }
    var choice = chunk.list("choices").stream().findFirst();
    if (choice.isEmpty()) {
      return usageIsOurs && chunk.has("usage") ? Verdict.NOT_FOR_CALLER : Verdict.PRELUDE;
    }
    return choice.filter(OpenAiChunks::saysSomething).isPresent()
        ? Verdict.CONTENT
        : Verdict.PRELUDE;
  }

  private static boolean saysSomething(Fields choice) {
    var delta = choice.at("delta");
    return choice.has("finish_reason")
        || says(choice.text("text"))
        || delta.map().entrySet().stream()
            .anyMatch(
                member ->
                    !member.getKey().equals("role")
                        && member.getValue() != null
                        && !"".equals(member.getValue()));
  }

  private static boolean says(String text) {
    return text != null && !text.isEmpty();
  }

  @Override
  public boolean completeAtClose() {
    return done;
  }

  @Override
  public Optional<TokenUsage> usage() {
    return Optional.ofNullable(usage);
  }

  @Override
  public String servedModel() {
    return model;
  }

  @Override
  public Fields error() {
    return error;
  }
}
