package io.commandcenter.akm.router;

import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.core.routing.Candidate;
import io.commandcenter.akm.core.routing.ErrorClass;
import io.commandcenter.akm.provider.ProviderReply;

/** Attempts of which nobody knows what the provider charged: the most they can cost is taken. */
final class UnknownCharge {
  private UnknownCharge() {}

  static ProviderReply of(Asked asked, Candidate candidate, ErrorClass error, String detail) {
    var most =
        new TokenUsage(
            asked.query().size().maxInputTokens(), 0, 0, 0, candidate.maxOutputTokens(), 0, true);
    return new ProviderReply.Failed(0, error, detail, null, null, most);
  }
}
