package io.commandcenter.akm.provider;

import io.commandcenter.akm.core.chat.ChatEvent;
import io.commandcenter.akm.core.money.TokenUsage;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** A stream that is translated. Its first events wait until there is content. */
final class ReaderReceiver implements Receiver {
  private final StreamReader reader;
  private final Downstream down;
  private final TokenUsage estimatedInput;
  private final List<ChatEvent> held = new ArrayList<>();
  private int status;
  private MultiMap headers;
  private boolean begun;
  private String model;
  private ChatEvent.Ended ended;

  /**
   * @param estimatedInput for a stream whose usage nobody said
   */
  ReaderReceiver(StreamReader reader, Downstream down, TokenUsage estimatedInput) {
    this.reader = reader;
    this.down = down;
    this.estimatedInput = estimatedInput;
  }

  @Override
  public void head(int status, MultiMap headers) {
    this.status = status;
    this.headers = headers;
  }

  @Override
  public ProviderReply bytes(Buffer bytes) {
    reader.read(bytes, this::take);
    return reader.failure().orElse(null);
  }

  private void take(ChatEvent event) {
    if (event instanceof ChatEvent.Ended end) {
      ended = end;
      begin();
    } else if (event instanceof ChatEvent.Began || event instanceof ChatEvent.Ping) {
      prelude(event);
    } else {
      begin();
      down.event(event);
    }
  }

  private void prelude(ChatEvent event) {
    if (event instanceof ChatEvent.Began start) {
      model = start.model();
    }
    if (begun) {
      down.event(event);
    } else {
      held.add(event);
    }
  }

  private void begin() {
    if (!begun) {
      begun = true;
      down.begin(headers);
      held.forEach(down::event);
      held.clear();
    }
  }

  @Override
  public ProviderReply end() {
    reader.close(this::take);
    if (reader.failure().isPresent()) {
      return reader.failure().get();
    }
    if (ended == null) {
      return BrokenReplies.cut(status, soFar());
    }
    return new ProviderReply.Passed(status, null, headers, ended, soFar(), model);
  }

  @Override
  public TokenUsage soFar() {
    if (ended != null && ended.usage() != null) {
      return ended.usage();
    }
    var spent = reader.spent();
    return spent.total() > 0 ? spent : estimatedInput;
  }
}
