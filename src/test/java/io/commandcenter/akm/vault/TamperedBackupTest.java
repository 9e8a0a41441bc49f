package io.commandcenter.akm.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.testkit.Configs;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every part of a backup that somebody could change, changed. */
class TamperedBackupTest {
  private static final int FLIPS = Boolean.getBoolean("akm.soak") ? 1000 : 30;
  private static final Vertx VERTX = Vertx.vertx();

  @TempDir static Path folder;
  private static BackedUp backup;
  private static BackedUp later;
  private static byte[] manifest;
  private static byte[] database;

  private final Random random = new Random(11);
  private Path data;

  @BeforeAll
  static void make() throws IOException {
    var masterKey = folder.resolve("master.key");
    var data = Files.createDirectory(folder.resolve("data"));
    try (var vault = Vaults.stored(data, masterKey)) {
      vault.add("main", Vaults.KEY);
      backup = BackedUp.of(vault, folder, masterKey, "first.zip");
      vault.add("spare", Vaults.NEXT);
      later = BackedUp.of(vault, folder, masterKey, "second.zip");
    }
    manifest = entry(backup.file(), "manifest.json");
    database = entry(backup.file(), "akm.db");
  }

  @AfterAll
  static void close() {
    Vaults.await(VERTX.close());
  }

  @BeforeEach
  void empty() throws IOException {
    data = Files.createTempDirectory(folder, "restored");
  }

  private static byte[] entry(Path zip, String name) throws IOException {
    try (var file = new ZipFile(zip.toFile())) {
      return file.getInputStream(file.getEntry(name)).readAllBytes();
    }
  }

  /** A sound zip, whatever is in it: its own checksums must not be what finds the change. */
  private static Path zip(byte[] manifest, byte[] database) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ZipOutputStream(bytes)) {
      out.setMethod(ZipOutputStream.STORED);
      for (var part :
          List.of(Map.entry("manifest.json", manifest), Map.entry("akm.db", database))) {
        var crc = new CRC32();
        crc.update(part.getValue());
        var entry = new ZipEntry(part.getKey());
        entry.setSize(part.getValue().length);
        entry.setCrc(crc.getValue());
        out.putNextEntry(entry);
        out.write(part.getValue());
      }
    }
    return Files.write(
        folder.resolve("tampered.zip"),
        bytes.toByteArray(),
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING);
  }

  private void refused(Path file, String what) throws IOException {
    assertThrows(Failure.class, () -> restore(file), what);
    assertEquals(Map.of(), RestoreTest.content(data), what + ": something was left behind");
  }

  private void restore(Path file) {
    Vaults.await(
        new Restore(
                VERTX,
                Configs.server(new JsonObject().put("data_dir", data.toString())),
                Map.of("AKM_MASTER_KEY_FILE", backup.masterKey().toString()),
                Clock.systemUTC(),
                new SecureRandom())
            .run(file, false));
  }

  private static byte[] flipped(byte[] bytes, int at, int bit) {
    var copy = bytes.clone();
    copy[at] ^= (byte) (1 << bit);
    return copy;
  }

  @Test
  void whatWasNotTamperedWithIsRestored() throws IOException {
    restore(zip(manifest, database));
    assertEquals(List.of("akm.db"), List.copyOf(RestoreTest.content(data).keySet()));
  }

  /** The MAC is the end of it. Seen failing without the comparison of the MAC. */
  @Test
  void everyFlippedBitOfTheManifestIsFound() throws IOException {
    for (int i = 0; i < FLIPS; i++) {
      var at = random.nextInt(manifest.length);
      refused(zip(flipped(manifest, at, random.nextInt(8)), database), "byte " + at);
    }
  }

  /** Seen failing without the comparison of the hash. */
  @Test
  void everyFlippedBitOfTheDatabaseIsFound() throws IOException {
    for (int i = 0; i < FLIPS; i++) {
      var at = random.nextInt(database.length);
      refused(zip(manifest, flipped(database, at, random.nextInt(8))), "byte " + at);
    }
  }

  /** Whoever changes the database and its hash cannot make the MAC. Seen failing without it. */
  @Test
  void aChangedDatabaseWithItsRightHashIsFound() throws Exception {
    var changed = folder.resolve("changed.db");
    Files.write(changed, database);
    try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + changed);
        var statement = connection.createStatement()) {
      statement.execute("update token set scope = 'admin', revoked_at = null");
      statement.execute("delete from schema_migration where version > 99");
      statement.execute("update provider_key set label = 'other'");
    }
    var text = new String(manifest, StandardCharsets.UTF_8);
    var sums = BackupArchive.sums(changed);
    var forged =
        text.replace(backup.manifest().sha256(), sums.sha256())
            .replace("\"bytes\":" + database.length, "\"bytes\":" + sums.bytes());
    refused(zip(forged.getBytes(StandardCharsets.UTF_8), Files.readAllBytes(changed)), "forged");
  }

  @Test
  void theManifestsOfTwoBackupsCannotBeSwapped() throws IOException {
    refused(zip(entry(later.file(), "manifest.json"), database), "the later manifest");
    refused(zip(manifest, entry(later.file(), "akm.db")), "the later database");
  }

  @Test
  void theMacOfAnotherBackupDoesNotFit() throws IOException {
    var text = new String(manifest, StandardCharsets.UTF_8);
    var other = new String(entry(later.file(), "manifest.json"), StandardCharsets.UTF_8);
    var mac = text.length() - 66;
    var mixed = text.substring(0, mac) + other.substring(other.length() - 66);
    refused(zip(mixed.getBytes(StandardCharsets.UTF_8), database), "another MAC");
  }

  @Test
  void aBackupThatWasCutIsFound() throws IOException {
    var whole = Files.readAllBytes(backup.file());
    for (int i = 0; i < FLIPS; i++) {
      var length = i == 0 ? whole.length - 1 : random.nextInt(whole.length);
      var cut = Files.write(folder.resolve("cut.zip"), Arrays.copyOf(whole, length));
      refused(cut, "cut to " + length);
    }
  }

  /** Dates and the like in the zip's own headers say nothing; what they hold is what counts. */
  @Test
  void aFlippedBitAnywhereInTheFileIsFoundOrChangesNothing() throws IOException {
    var whole = Files.readAllBytes(backup.file());
    int refused = 0;
    for (int i = 0; i < FLIPS; i++) {
      // The headers are at the ends.
      var at = i % 2 == 0 ? random.nextInt(600) : whole.length - 1 - random.nextInt(200);
      var file = Files.write(folder.resolve("flipped.zip"), flipped(whole, at, random.nextInt(8)));
      try (var archive = BackupArchive.open(file)) {
        if (archive.whole() && archive.signed().signedBy(backup.keyring()::mac)) {
          assertEquals(backup.manifest(), archive.manifest());
        } else {
          refused++;
        }
      } catch (Failure | IOException found) {
        refused++;
      }
    }
    assertTrue(refused > FLIPS / 4, refused + " refused");
  }

  @Test
  void anotherFileIsRefusedWithASentence() throws IOException {
    var text = Files.writeString(folder.resolve("text.zip"), "no zip at all");
    refused(text, "a text");
    refused(zip("{}".getBytes(StandardCharsets.UTF_8), database), "an empty manifest");
    refused(folder.resolve("nothing.zip"), "no file");
  }
}
