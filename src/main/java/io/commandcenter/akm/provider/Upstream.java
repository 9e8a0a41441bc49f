package io.commandcenter.akm.provider;

import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.provider.relay.RelayRequest;
import io.vertx.core.Future;
import java.time.Duration;

/** Sends to providers. Its futures never fail: whatever happens is a reply. */
public interface Upstream {
  /**
   * @param key null if the provider needs none
   * @param timeLeft until the request's deadline
   */
  Future<ProviderReply> send(
      Endpoint endpoint, Secret key, ProviderRequest request, Duration timeLeft);

  /** A live request, ready to go out to one provider. */
  sealed interface Live {
    Protocol.HttpCall call();

    /** In the provider's own format. */
    record Relay(RelayRequest request, Protocol.HttpCall call) implements Live {}

    /** Translated; streamed if it says so. */
    record Translated(ProviderRequest request, Protocol.HttpCall call) implements Live {}
  }

  /**
   * Sends a request whose answer is handed on while it comes; on the caller's event loop. Completes
   * when the answer has ended.
   *
   * @param timeLeft until the request's deadline
   */
  Future<ProviderReply> live(
      Endpoint endpoint, Secret key, Live request, Duration timeLeft, Downstream down);

  /** The free call that shows whether the provider is there and takes the key. */
  Future<KeyVerdict> check(Endpoint endpoint, Secret key, Duration timeLeft);

  /** Ends the connections. */
  Future<Void> close();

  /**
   * @param outcome valid, invalid, expired, no-credit, no-permission, rate-limited, network or
   *     unchecked
   * @param status 0 if no HTTP answer came
   * @param detail one sentence of ours
   */
  record KeyVerdict(String outcome, int status, String detail) {
    /** Whether the provider answered at all, and not with a fault of its own. */
    public boolean reachable() {
      return status > 0 && status < 500 && !outcome.equals("network");
    }
  }
}
