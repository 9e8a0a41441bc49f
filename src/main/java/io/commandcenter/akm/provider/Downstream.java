package io.commandcenter.akm.provider;

import io.commandcenter.akm.core.chat.ChatEvent;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/** Hears a live answer while it comes. */
public interface Downstream {
  /** The call may be held or broken off from now on. */
  void running(Flow flow);

  /**
   * The first content is about to come: from now on no other provider can answer.
   *
   * @param headers of the provider's answer
   */
  void begin(MultiMap headers);

  /** The next bytes of a stream that passes. */
  void bytes(Buffer bytes);

  /** The next step of a stream that is translated. Its Ended is not told: it is in the reply. */
  void event(ChatEvent event);

  /** Holds a running call. */
  interface Flow {
    void pause();

    void resume();

    /** Breaks the call off; its reply is {@link ProviderReply.Left}. */
    void cancel();
  }
}
