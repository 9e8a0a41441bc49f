package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.store.PrivateFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * The file of a backup: a zip of two stored entries, first {@code manifest.json}, then {@code
 * akm.db}. Everything here blocks.
 */
public final class BackupArchive implements AutoCloseable {
  private static final String MANIFEST = "manifest.json";
  private static final String DATABASE = "akm.db";
  private static final int MAX_MANIFEST = 65_536;

  private final ZipFile zip;
  private final BackupManifest.Signed signed;

  private BackupArchive(ZipFile zip) throws IOException {
    this.zip = zip;
    signed = BackupManifest.read(manifestOf(zip));
  }

  /**
   * @param sha256 in hex
   */
  record Sums(String sha256, long crc, long bytes) {}

  static Sums sums(Path database) throws IOException {
    var crc = new CRC32();
    var sha256 = sha256();
    try (var in = new DigestInputStream(Files.newInputStream(database), sha256);
        var checked = new CheckedInputStream(in, crc)) {
      var bytes = checked.transferTo(OutputStream.nullOutputStream());
      return new Sums(HexFormat.of().formatHex(sha256.digest()), crc.getValue(), bytes);
    }
  }

  /**
   * @param zip an empty file
   * @param sums of the database
   */
  static void write(Path zip, byte[] manifest, Instant at, Path database, Sums sums)
      throws IOException {
    var crc = new CRC32();
    crc.update(manifest);
    try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.setMethod(ZipOutputStream.STORED);
      out.putNextEntry(entry(MANIFEST, manifest.length, crc.getValue(), at));
      out.write(manifest);
      out.putNextEntry(entry(DATABASE, sums.bytes(), sums.crc(), at));
      Files.copy(database, out);
    }
  }

  private static ZipEntry entry(String name, long bytes, long crc, Instant at) {
    var entry = new ZipEntry(name);
    entry.setSize(bytes);
    entry.setCompressedSize(bytes);
    entry.setCrc(crc);
    entry.setTime(at.toEpochMilli());
    return entry;
  }

  /** Opens a backup and reads its manifest; BAD_REQUEST with a sentence for anything else. */
  public static BackupArchive open(Path file) throws IOException {
    try {
      var zip = new ZipFile(file.toFile());
      try {
        return new BackupArchive(zip);
      } catch (IOException | RuntimeException e) {
        zip.close();
        throw e;
      }
    } catch (NoSuchFileException e) {
      throw Failure.notFound("there is no file " + file + "; name the backup");
    } catch (ZipException e) {
      throw Failure.badRequest(
          "the file is no backup of akm, or only a part of one; fetch it again");
    }
  }

  private static byte[] manifestOf(ZipFile zip) throws IOException {
    var entry = zip.getEntry(MANIFEST);
    var database = zip.getEntry(DATABASE);
    if (zip.size() != 2
        || entry == null
        || database == null
        || entry.getMethod() != ZipEntry.STORED
        || database.getMethod() != ZipEntry.STORED
        || entry.getSize() > MAX_MANIFEST) {
      throw Failure.badRequest("the file is no backup of akm; name another file");
    }
    try (var in = zip.getInputStream(entry)) {
      return in.readNBytes(MAX_MANIFEST);
    }
  }

  /** Not to be believed before its MAC was checked. */
  public BackupManifest manifest() {
    return signed.manifest();
  }

  BackupManifest.Signed signed() {
    return signed;
  }

  /** Whether the database in it is the one that the manifest names. */
  public boolean whole() throws IOException {
    try (var in = database()) {
      return digest(in, OutputStream.nullOutputStream());
    }
  }

  /** Writes the database to a new file of its own, durably; BAD_REQUEST if it is not whole. */
  void extract(Path to) throws IOException {
    PrivateFile.create(to);
    try (var in = database();
        var out = Files.newOutputStream(to)) {
      if (!digest(in, out)) {
        throw Failure.badRequest(
            "the database in the backup is not the one it was made of: the file is damaged or was"
                + " changed; use another backup");
      }
    }
    PrivateFile.sync(to);
  }

  private InputStream database() throws IOException {
    return zip.getInputStream(zip.getEntry(DATABASE));
  }

  private boolean digest(InputStream in, OutputStream out) throws IOException {
    var sha256 = sha256();
    var bytes = new DigestInputStream(in, sha256).transferTo(out);
    return bytes == manifest().bytes()
        && HexFormat.of().formatHex(sha256.digest()).equals(manifest().sha256());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
