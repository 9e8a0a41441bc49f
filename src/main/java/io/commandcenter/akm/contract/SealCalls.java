package io.commandcenter.akm.contract;

import java.util.List;

/** The vault's seal: what opens it, and the exchange of the keys that do. */
public final class SealCalls {
  public static final Call<ShowSeal, SealStatus> STATUS =
      Call.cluster(
          "akm.vault.seal-status.v1",
          ShowSeal.class,
          SealStatus.class,
          "Whether the vault is sealed and why; answered by a sealed vault too.");
  public static final Call<Rekey, RekeyProgress> REKEY_MASTER =
      Call.cluster(
          "akm.vault.rekey-master.v1",
          Rekey.class,
          RekeyProgress.class,
          "Makes a new master key in the place of the key file; the old one opens the vault too"
              + " until the confirm.",
          Code.SEALED,
          Code.CONFLICT,
          Code.KEY_IN_ARGUMENT);
  public static final Call<Rekey, RekeyProgress> CONFIRM =
      Call.cluster(
          "akm.vault.rekey-confirm.v1",
          Rekey.class,
          RekeyProgress.class,
          "Ends the old master key, once the server is given the new one.",
          Code.SEALED,
          Code.CONFLICT,
          Code.KEY_IN_ARGUMENT);
  public static final Call<Rekey, RekeyProgress> REKEY_DATA =
      Call.cluster(
          "akm.vault.rekey-data.v1",
          Rekey.class,
          RekeyProgress.class,
          "Begins, or goes on with, sealing everything with a new data key; it runs on after the"
              + " answer.",
          Code.SEALED,
          Code.CONFLICT,
          Code.KEY_IN_ARGUMENT);
  public static final Call<ShowRekey, RekeyProgress> PROGRESS =
      Call.cluster(
          "akm.vault.rekey-progress.v1",
          ShowRekey.class,
          RekeyProgress.class,
          "How far the rekey is.",
          Code.SEALED);

  /** Those that a sealed vault refuses. */
  public static final List<Call<?, ?>> WHILE_OPEN =
      List.of(REKEY_MASTER, CONFIRM, REKEY_DATA, PROGRESS);

  public static final List<Call<?, ?>> ALL =
      List.of(STATUS, REKEY_MASTER, CONFIRM, REKEY_DATA, PROGRESS);

  private SealCalls() {}

  public record ShowSeal() {}

  /**
   * @param reason why it is sealed; null if it is open
   * @param vaultId null if there is no vault yet, and so the others
   * @param generation counts the master keys the vault has had
   * @param confirmDue whether a new master key waits for its confirm
   * @param sources where a master key is found now: credential, file, variable, passphrase
   * @param dataKeyId the data key that seals; null if the vault is sealed, and so the next ones
   * @param dataKeys more than one while a rekey of the data goes on
   * @param encryptions of the data key that seals
   * @param rekeyAfter encryptions after which the vault begins a rekey of the data
   */
  public record SealStatus(
      boolean sealed,
      String reason,
      String vaultId,
      Integer generation,
      boolean confirmDue,
      List<String> sources,
      Long dataKeyId,
      Integer dataKeys,
      Long encryptions,
      Long rekeyAfter) {
    public SealStatus {
      sources = List.copyOf(sources);
    }
  }

  public record Rekey(String by) {
    public Rekey {
      Checks.text(by, "by", 128);
    }
  }

  public record ShowRekey() {}

  /**
   * @param kind master, data or none
   * @param state none; begun (run the same rekey again to go on); confirm-due; running; blocked
   *     (some texts do not open)
   * @param done sealed texts that the new data key holds
   * @param total sealed texts
   * @param detail what to do next; null if nothing
   */
  public record RekeyProgress(String kind, String state, long done, long total, String detail) {}
}
