package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.Wire;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a backup says of itself.
 *
 * @param format of the file; this program knows {@link #FORMAT}
 * @param generation of the master key that opens its keyring
 * @param node whose data it is
 * @param sha256 of the database in it, in hex
 * @param bytes of the database in it
 * @param rows of every table, by its name
 */
public record BackupManifest(
    int format,
    String vaultId,
    int schemaVersion,
    int generation,
    String node,
    Instant madeAt,
    String sha256,
    long bytes,
    Map<String, Long> rows) {
  public static final int FORMAT = 1;

  private static final String LABEL = "backup";
  private static final Pattern SIGNED =
      Pattern.compile("(\\{.*),\"mac\":\"([0-9a-f]{64})\"}", Pattern.DOTALL);

  public BackupManifest {
    rows = Collections.unmodifiableMap(new TreeMap<>(rows));
  }

  /** How a keyring signs: its {@code mac(label, text)}. */
  @FunctionalInterface
  interface Signer {
    byte[] mac(String label, byte[] text);
  }

  /**
   * A manifest as it was read: not to be believed before it is {@link #signedBy}.
   *
   * @param text what the MAC covers: every byte before it
   */
  record Signed(BackupManifest manifest, byte[] text, byte[] mac) {
    boolean signedBy(Signer signer) {
      return MessageDigest.isEqual(mac, signer.mac(LABEL, text));
    }
  }

  /** The text of manifest.json: the MAC is its last member and covers all that stands before it. */
  byte[] sign(Signer signer) {
    var json = Wire.toJson(this).encode();
    var text = json.substring(0, json.length() - 1);
    var mac = HexFormat.of().formatHex(signer.mac(LABEL, utf8(text)));
    return utf8(text + ",\"mac\":\"" + mac + "\"}");
  }

  /** Fails with BAD_REQUEST for a text that is no manifest, or one of a later format. */
  static Signed read(byte[] json) {
    var parts = SIGNED.matcher(new String(json, StandardCharsets.UTF_8));
    if (!parts.matches()) {
      throw notOurs();
    }
    var members = members(parts.group(1) + "}");
    if (members.getValue("format") instanceof Integer format && format != FORMAT) {
      throw Failure.badRequest(
          "the backup has format "
              + format
              + ", this program knows "
              + FORMAT
              + "; use the program that made it or a newer one");
    }
    return new Signed(
        Wire.fromJson(members, BackupManifest.class),
        utf8(parts.group(1)),
        HexFormat.of().parseHex(parts.group(2)));
  }

  private static JsonObject members(String json) {
    try {
      return new JsonObject(json);
    } catch (DecodeException e) {
      throw notOurs();
    }
  }

  private static Failure notOurs() {
    return Failure.badRequest("the file has no manifest of an akm backup; name another file");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
