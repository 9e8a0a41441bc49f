package io.commandcenter.akm.core.crypto;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The stored formats once more, with nothing but javax.crypto: two implementations must agree. */
final class IndependentCrypto {
  private static final int NONCE = 12;

  private IndependentCrypto() {}

  /** RFC 5869 with SHA-256. */
  static byte[] hkdf(byte[] material, byte[] salt, byte[] info, int size)
      throws GeneralSecurityException {
    var key = hmac(salt.length == 0 ? new byte[32] : salt, material);
    var out = new ByteArrayOutputStream();
    var block = new byte[0];
    for (var i = 1; out.size() < size; i++) {
      block = hmac(key, concat(block, info, new byte[] {(byte) i}));
      out.writeBytes(block);
    }
    return Arrays.copyOf(out.toByteArray(), size);
  }

  /** The only, or first, 32-byte data key inside a keyring row. */
  static byte[] dataKey(byte[] row, MasterKey master, String vaultId, int generation)
      throws GeneralSecurityException {
    return dataKeys(row, master, vaultId, generation).values().iterator().next();
  }

  /** The data keys inside a keyring row by their ids, in their order. */
  static Map<Long, byte[]> dataKeys(byte[] row, MasterKey master, String vaultId, int generation)
      throws GeneralSecurityException {
    var kek =
        hkdf(Base64.getDecoder().decode(master.encoded()), utf8(vaultId), utf8("akm kek v1"), 32);
    var place = joined(utf8("keyring"), utf8(vaultId), number(generation));
    var plain = ByteBuffer.wrap(gcm(kek, row, 1, place));
    var keyset = new byte[plain.getInt()];
    plain.get(keyset);
    var keys = new LinkedHashMap<Long, byte[]>();
    // Keyset { 2: Key { 1: KeyData { 2: AesGcmKey { 3: bytes } }, 3: id } } in protocol buffers.
    for (var key : fields(keyset, 2)) {
      var material = fields(fields(fields(key, 1).get(0), 2).get(0), 3).get(0);
      keys.put(ByteBuffer.wrap(fields(key, 3).get(0)).getLong(), material);
    }
    return keys;
  }

  /** The values of one field of a message; a number stands as eight bytes. */
  private static List<byte[]> fields(byte[] message, int wanted) {
    var rest = ByteBuffer.wrap(message);
    List<byte[]> found = new ArrayList<>();
    while (rest.hasRemaining()) {
      var tag = varint(rest);
      var number = varint(rest);
      var value = ByteBuffer.allocate(8).putLong(number).array();
      if ((tag & 7) == 2) {
        value = new byte[(int) number];
        rest.get(value);
      }
      if (tag >> 3 == wanted) {
        found.add(value);
      }
    }
    return found;
  }

  private static long varint(ByteBuffer from) {
    long value = 0;
    for (var shift = 0; ; shift += 7) {
      var next = from.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  /** As Tink would seal it. */
  static byte[] seal(byte[] dataKey, long id, byte[] nonce, byte[] plain, AssociatedData place)
      throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE, new SecretKeySpec(dataKey, "AES"), new GCMParameterSpec(128, nonce));
    cipher.updateAAD(associated(place));
    return concat(new byte[] {1, 1}, number((int) id), nonce, cipher.doFinal(plain));
  }

  /** The plaintext of a sealed key: format byte, Tink's 0x01 and key id, nonce, ciphertext, tag. */
  static byte[] open(byte[] dataKey, byte[] blob, AssociatedData place)
      throws GeneralSecurityException {
    return gcm(dataKey, blob, 6, associated(place));
  }

  private static byte[] associated(AssociatedData place) {
    return joined(
        utf8(place.purpose()),
        new byte[] {1},
        utf8(place.vaultId()),
        utf8(place.table()),
        utf8(place.column()),
        utf8(place.rowId()),
        utf8("default"),
        number(place.version()),
        utf8(place.originHash()));
  }

  private static byte[] gcm(byte[] key, byte[] blob, int header, byte[] associated)
      throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(key, "AES"),
        new GCMParameterSpec(128, blob, header, NONCE));
    cipher.updateAAD(associated);
    return cipher.doFinal(blob, header + NONCE, blob.length - header - NONCE);
  }

  private static byte[] joined(byte[]... fields) {
    var out = new ByteArrayOutputStream();
    for (var field : fields) {
      out.writeBytes(number(field.length));
      out.writeBytes(field);
    }
    return out.toByteArray();
  }

  private static byte[] hmac(byte[] key, byte[] text) throws GeneralSecurityException {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text);
  }

  private static byte[] concat(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (var part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
