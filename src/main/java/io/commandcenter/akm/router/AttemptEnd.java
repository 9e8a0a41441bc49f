package io.commandcenter.akm.router;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.RouterCalls;
import io.commandcenter.akm.contract.TokenCounts;
import io.commandcenter.akm.contract.UsageCalls.Settled;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.core.routing.Candidate;
import io.commandcenter.akm.provider.ProviderReply;

/**
 * A settled attempt.
 *
 * @param settled what it cost
 */
record AttemptEnd(int number, Candidate candidate, Result result, Settled settled, long latencyMs) {

  /** What came of an attempt. */
  sealed interface Result {
    /** As in {@link RouterCalls.Attempt}. */
    String outcome();

    /** Null if it was not sent. */
    Integer httpStatus();

    String detail();

    TokenUsage usage();

    /** Of the key that was used; 0 without one. */
    int keyVersion();
  }

  /**
   * @param reply Answered or Passed
   * @param keyVersion of the key that was used; 0 without one
   */
  record Answered(
      ProviderReply reply, int status, TokenUsage usage, String servedModel, int keyVersion)
      implements Result {
    static Answered of(ProviderReply.Answered reply, int keyVersion) {
      return new Answered(reply, reply.status(), reply.usage(), reply.servedModel(), keyVersion);
    }

    static Answered of(ProviderReply.Passed reply, int keyVersion) {
      return new Answered(reply, reply.status(), reply.usage(), reply.servedModel(), keyVersion);
    }

    @Override
    public String outcome() {
      return "ok";
    }

    @Override
    public Integer httpStatus() {
      return status;
    }

    @Override
    public String detail() {
      return "answered";
    }
  }

  /** The caller left before the end. */
  record Left(int status, TokenUsage usage, int keyVersion) implements Result {
    @Override
    public String outcome() {
      return "cancelled";
    }

    @Override
    public Integer httpStatus() {
      return status == 0 ? null : status;
    }

    @Override
    public String detail() {
      return "the caller left before the end";
    }
  }

  /**
   * @param keyVersion of the key that was used; 0 without one
   */
  record Failed(ProviderReply.Failed reply, int keyVersion) implements Result {
    @Override
    public String outcome() {
      return reply.errorClass().slug();
    }

    @Override
    public Integer httpStatus() {
      return reply.status() == 0 ? null : reply.status();
    }

    @Override
    public String detail() {
      return reply.detail();
    }

    @Override
    public TokenUsage usage() {
      return reply.usage() == null ? TokenUsage.NONE : reply.usage();
    }
  }

  /** Nothing reached the provider: no key was lent, or no time was left. */
  record NotSent(Failure why) implements Result {
    @Override
    public String outcome() {
      return "cancelled";
    }

    @Override
    public Integer httpStatus() {
      return null;
    }

    @Override
    public String detail() {
      return why.detail();
    }

    @Override
    public TokenUsage usage() {
      return TokenUsage.NONE;
    }

    @Override
    public int keyVersion() {
      return 0;
    }
  }

  RouterCalls.Attempt wire() {
    return new RouterCalls.Attempt(
        number,
        candidate.provider(),
        candidate.model(),
        candidate.keyId(),
        result.outcome(),
        result.httpStatus(),
        result.detail(),
        latencyMs,
        TokenCounts.of(result.usage()),
        settled.costUsd());
  }
}
