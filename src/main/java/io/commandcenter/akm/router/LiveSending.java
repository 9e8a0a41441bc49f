package io.commandcenter.akm.router;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.routing.Candidate;
import io.commandcenter.akm.exchange.ExchangeRequest;
import io.commandcenter.akm.exchange.WireFormat;
import io.commandcenter.akm.provider.Protocol;
import io.commandcenter.akm.provider.ProviderRequest;
import io.commandcenter.akm.provider.Upstream.Live;
import io.commandcenter.akm.provider.relay.RelayRequest;

/** What of a live request goes to one candidate: its own bytes, or their translation. */
final class LiveSending {
  private final ExchangeRequest request;
  private final boolean budgeted;

  /**
   * @param budgeted whether a limit must stand in the request, so that a hold is an upper bound
   */
  LiveSending(ExchangeRequest request, boolean budgeted) {
    this.request = request;
    this.budgeted = budgeted;
  }

  /**
   * @throws Failure if this provider cannot carry it out
   */
  Live to(Protocol protocol, Candidate candidate) {
    return protocol.relays(request.format(), candidate.model())
        ? relay(protocol, candidate)
        : translated(protocol, candidate);
  }

  private Live relay(Protocol protocol, Candidate candidate) {
    boolean limited = budgeted && request.format().kind() == WireFormat.Kind.CHAT;
    if (limited && request.scan().unbounded() != null) {
      throw Failure.badRequest(
          "`"
              + request.scan().unbounded()
              + "` with this value has a cost that a budget cannot bound; leave it out");
    }
    var relayed =
        new RelayRequest(
            request.format(),
            candidate.model(),
            request.body(),
            request.scan(),
            limited ? (int) candidate.maxOutputTokens() : null,
            request.streaming(),
            request.headers());
    return new Live.Relay(relayed, protocol.relay(relayed));
  }

  private Live translated(Protocol protocol, Candidate candidate) {
    var neutral =
        switch (request.format().kind()) {
          case CHAT ->
              new ProviderRequest.Chat(
                  candidate.model(),
                  request.chat().get(),
                  (int) candidate.maxOutputTokens(),
                  request.streaming());
          case EMBEDDINGS -> new ProviderRequest.Embed(candidate.model(), request.embed().get());
          case COUNT ->
              throw Failure.badRequest(candidate.provider() + " does not count tokens this way")
                  .with(Failure.UNCOUNTED, true);
        };
    return new Live.Translated(neutral, protocol.encode(neutral));
  }
}
