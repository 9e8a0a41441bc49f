package io.commandcenter.akm.testkit;

import io.commandcenter.akm.contract.RotationCalls.RotationInfo;
import java.time.Instant;

/** Rotations as the vault shows them, for tests that have no vault. */
public final class RotationInfos {
  private RotationInfos() {}

  public static RotationInfo rotation(String label, String state, String reason, Instant at) {
    return new RotationInfo(
        "rot_1",
        "key_1",
        "anthropic",
        label,
        state,
        "active",
        "sk-ant-api03-…m7BB",
        state.equals("draining") ? 2 : 1,
        1,
        2,
        5,
        3,
        20,
        "valid",
        reason,
        "tok_1",
        at,
        at,
        at);
  }
}
