package io.commandcenter.akm.core.audit;

import static io.commandcenter.akm.core.audit.LogRow.number;
import static io.commandcenter.akm.core.audit.LogRow.utf8;

import io.commandcenter.akm.core.crypto.CheckpointKey;
import io.commandcenter.akm.core.crypto.Keyring;
import io.commandcenter.akm.core.crypto.LengthPrefixed;
import java.security.MessageDigest;

/** What makes and checks the links of one vault's audit chains. */
public final class ChainKey {
  /** What stands before the first row of a chain. */
  public static final byte[] NO_MAC = {};

  private static final byte[] FORMAT = {1};

  private final String vaultId;
  private final Keyring keyring;
  private final CheckpointKey checkpoints;

  public ChainKey(String vaultId, Keyring keyring) {
    this.vaultId = vaultId;
    this.keyring = keyring;
    checkpoints = keyring.checkpointKey();
  }

  public String vaultId() {
    return vaultId;
  }

  public CheckpointKey checkpoints() {
    return checkpoints;
  }

  /**
   * The MAC of a row: of its vault, node, place, the row before it and all that it says, so that
   * nothing of it can be changed, moved or left out without the key.
   *
   * @param previous the MAC of the row before, {@link #NO_MAC} for the first
   */
  public byte[] mac(LogRow row, byte[] previous) {
    return keyring.auditMac(
        LengthPrefixed.join(
            FORMAT,
            utf8(vaultId),
            utf8(row.node()),
            number(row.n()),
            previous,
            number(row.lines()),
            row.content()));
  }

  boolean fits(LogRow row, byte[] previous) {
    return MessageDigest.isEqual(mac(row, previous), row.mac());
  }
}
