package io.commandcenter.akm.gateway.ollama;

import io.commandcenter.akm.core.chat.ChatAnswer;
import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.gateway.dialect.WholeCalls;
import io.vertx.core.buffer.Buffer;
import java.util.stream.Collectors;

/** Writes a whole answer. */
final class Writing {
  private Writing() {}

  static Buffer whole(ChatAnswer answer, Replies replies) {
    var calls = WholeCalls.of(answer.parts());
    var asked = answer.parts().stream().filter(Part.ToolCall.class::isInstance).count();
    var thinking = replies.showsThinking() ? thinking(answer) : "";
    var reply = replies.piece(answer.text(), thinking.isEmpty() ? null : thinking, calls);
    var usage = answer.usage() == null ? replies.given().served().usage() : answer.usage();
    return Replies.done(reply, answer.stop(), calls.size() < asked, usage).toBuffer();
  }

  private static String thinking(ChatAnswer answer) {
    return answer.parts().stream()
        .filter(Part.Thinking.class::isInstance)
        .map(part -> ((Part.Thinking) part).text())
        .collect(Collectors.joining());
  }
}
