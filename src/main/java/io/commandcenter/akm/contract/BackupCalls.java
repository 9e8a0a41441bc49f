package io.commandcenter.akm.contract;

import java.util.List;

/** Backups of the data, which the vault makes and signs. */
public final class BackupCalls {
  public static final Call<MakeBackup, BackupFile> MAKE =
      Call.node(
          "akm.vault.make-backup.v1",
          MakeBackup.class,
          BackupFile.class,
          "Copies the data into one file beside it, signed, while the service goes on; one at a time.",
          Code.CONFLICT,
          Code.SEALED,
          Code.KEY_IN_ARGUMENT);
  public static final Call<EndBackup, BackupEnded> END =
      Call.node(
          "akm.vault.end-backup.v1",
          EndBackup.class,
          BackupEnded.class,
          "Removes a backup's file once it was handed over, or could not be.",
          Code.SEALED);

  public static final List<Call<?, ?>> ALL = List.of(MAKE, END);

  private BackupCalls() {}

  public record MakeBackup(String by) {
    public MakeBackup {
      Checks.text(by, "by", 128);
    }
  }

  /**
   * @param path of a zip that only this process's user can read; it is there until END, an hour at
   *     most
   * @param fileName what to call it
   * @param bytes its size
   */
  public record BackupFile(String backupId, String path, String fileName, long bytes) {}

  public record EndBackup(String backupId) {
    public EndBackup {
      Checks.name(backupId, "backup_id");
    }
  }

  /**
   * @param removed false if there was none of this id
   */
  public record BackupEnded(boolean removed) {}
}
