package io.commandcenter.akm.provider;

import io.commandcenter.akm.core.chat.ChatEvent;
import io.commandcenter.akm.core.money.TokenUsage;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** A stream that is translated. Its first events wait until there is content. */
final class ReaderReceiver implements Receiver {
  private static final int BYTES_PER_TOKEN = 3;

  private final StreamReader reader;
  private final Downstream down;
  private final TokenUsage estimatedInput;
  private final List<ChatEvent> held = new ArrayList<>();
  private int status;
  private MultiMap headers;
  private boolean begun;
  private long chars;
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
    return reader.failure().map(this::failed).orElse(null);
  }

  private ProviderReply failed(ProviderReply.Failed failed) {
    return begun ? failed.charged(soFar()) : failed;
  }

  private void take(ChatEvent event) {
    if (event instanceof ChatEvent.Ended end) {
      ended = end;
      begin();
    } else if (event instanceof ChatEvent.Began || event instanceof ChatEvent.Ping) {
      prelude(event);
    } else {
      begin();
      chars += length(event);
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

  private static int length(ChatEvent event) {
    if (event instanceof ChatEvent.Text text) {
      return text.text().length();
    }
    if (event instanceof ChatEvent.CallArguments call) {
      return call.json().length();
    }
    return event instanceof ChatEvent.Thinking thinking ? thinking.text().length() : 0;
  }

  @Override
  public ProviderReply end() {
    reader.close(this::take);
    if (reader.failure().isPresent()) {
      return failed(reader.failure().get());
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
    return new TokenUsage(
        estimatedInput.input(), 0, 0, 0, (chars + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN, 0, true);
  }
}
