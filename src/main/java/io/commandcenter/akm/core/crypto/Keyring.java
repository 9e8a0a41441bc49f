package io.commandcenter.akm.core.crypto;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.subtle.Hkdf;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that work: one Tink keyset of data keys, whose primary one encrypts secrets and all of
 * which decrypt them, and three HMAC keys. It is stored as one row, wrapped by a key derived from
 * the master key.
 */
public final class Keyring {
  private static final int PARTS = 4;
  private static final int FINGERPRINT_BYTES = 8;

  static {
    try {
      AeadConfig.register();
    } catch (GeneralSecurityException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final KeysetHandle keyset;
  private final byte[] fingerprintKey;
  private final byte[] tokenKey;
  private final byte[] auditKey;
  private final SecretCipher cipher;

  private Keyring(KeysetHandle keyset, byte[] fingerprintKey, byte[] tokenKey, byte[] auditKey)
      throws GeneralSecurityException {
    this.keyset = keyset;
    this.fingerprintKey = fingerprintKey;
    this.tokenKey = tokenKey;
    this.auditKey = auditKey;
    var aead = keyset.getPrimitive(RegistryConfiguration.get(), Aead.class);
    cipher = new SecretCipher(aead, primaryId());
  }

  public static Keyring create(SecureRandom random) {
    try {
      var entry = KeysetHandle.importKey(dataKey(random, Set.of())).makePrimary();
      var keyset = KeysetHandle.newBuilder().addEntry(entry).build();
      return new Keyring(keyset, bytes(random), bytes(random), bytes(random));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The ids of the data keys, oldest first. */
  public List<Long> dataKeyIds() {
    return IntStream.range(0, keyset.size()).mapToObj(i -> id(keyset.getAt(i))).toList();
  }

  /** The id of the data key that encrypts. */
  public long primaryId() {
    return id(keyset.getPrimary());
  }

  /**
   * With one more data key, which decrypts only.
   *
   * @param taken ids that were given before and must not come back
   */
  public Keyring withNewKey(SecureRandom random, Set<Long> taken) {
    var ids = new HashSet<>(taken);
    ids.addAll(dataKeyIds());
    return rebuilt(
        builder -> builder.addEntry(KeysetHandle.importKey(dataKey(random, ids))), keep -> true);
  }

  /** With this data key as the one that encrypts from now on. */
  public Keyring promoting(long id) {
    if (!dataKeyIds().contains(id)) {
      throw new IllegalArgumentException("the keyring has no data key of this id");
    }
    return rebuilt(
        builder -> {
          for (var i = 0; i < builder.size(); i++) {
            if (dataKeyIds().get(i) == id) {
              builder.getAt(i).makePrimary();
            }
          }
        },
        keep -> true);
  }

  /** Without the data keys that only decrypt; what they sealed opens no more. */
  public Keyring withPrimaryOnly() {
    return rebuilt(builder -> {}, id -> id == primaryId());
  }

  private Keyring rebuilt(Consumer<KeysetHandle.Builder> change, LongPredicate keep) {
    var builder = KeysetHandle.newBuilder(keyset);
    for (var i = keyset.size() - 1; i >= 0; i--) {
      if (!keep.test(id(keyset.getAt(i)))) {
        builder.deleteAt(i);
      }
    }
    change.accept(builder);
    try {
      return new Keyring(builder.build(), fingerprintKey, tokenKey, auditKey);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static AesGcmKey dataKey(SecureRandom random, Set<Long> taken) {
    int id;
    do {
      id = 1 + random.nextInt(Integer.MAX_VALUE);
    } while (taken.contains((long) id));
    try {
      return AesGcmKey.builder()
          .setParameters(PredefinedAeadParameters.AES256_GCM)
          .setKeyBytes(SecretBytes.copyFrom(bytes(random), InsecureSecretKeyAccess.get()))
          .setIdRequirement(id)
          .build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  // Unsigned, as the prefix of the ciphertext reads.
  private static long id(KeysetHandle.Entry entry) {
    return Integer.toUnsignedLong(entry.getId());
  }

  /** The keyring for its row; the generation counts the master keys that have wrapped it. */
  public byte[] wrap(MasterKey master, String vaultId, int generation) {
    try {
      var set =
          TinkProtoKeysetFormat.serializeKeyset(
              keyset, InsecureSecretKeyAccess.get(), RegistryConfiguration.get());
      var plain = LengthPrefixed.join(set, fingerprintKey, tokenKey, auditKey);
      var wrapped = wrapper(master, vaultId).encrypt(plain, place(vaultId, generation));
      Arrays.fill(set, (byte) 0);
      Arrays.fill(plain, (byte) 0);
      return SecretCipher.withFormat(wrapped);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The keyring, or empty for a wrong master key and for a row changed or moved. */
  public static Optional<Keyring> unwrap(
      byte[] row, MasterKey master, String vaultId, int generation) {
    if (row.length < 2 || row[0] != SecretCipher.FORMAT) {
      return Optional.empty();
    }
    try {
      var plain =
          wrapper(master, vaultId)
              .decrypt(Arrays.copyOfRange(row, 1, row.length), place(vaultId, generation));
      var parts = LengthPrefixed.split(plain, PARTS);
      Arrays.fill(plain, (byte) 0);
      return parts.isEmpty() ? Optional.empty() : Optional.of(of(parts.get()));
    } catch (GeneralSecurityException refused) {
      return Optional.empty();
    }
  }

  public SecretCipher cipher() {
    return cipher;
  }

  /** 16 hex digits that are equal for equal secrets of one vault, and mean nothing elsewhere. */
  public String fingerprint(Secret secret) {
    var mac = secret.use(plain -> hmac(fingerprintKey, plain));
    return HexFormat.of().formatHex(mac, 0, FINGERPRINT_BYTES);
  }

  /** What is stored of a bearer token: 32 bytes. */
  public byte[] tokenMac(String token) {
    return hmac(tokenKey, token.getBytes(StandardCharsets.UTF_8));
  }

  /** The MAC of one link of the audit chain: 32 bytes. */
  public byte[] auditMac(byte[] link) {
    return hmac(auditKey, link);
  }

  /** Signs the checkpoints of the audit chain; its key follows from the audit key. */
  public CheckpointKey checkpointKey() {
    // No link of the chain begins like this: a link begins with the length of its format.
    return new CheckpointKey(
        auditMac("akm audit checkpoint ed25519".getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * A MAC for one use only: 32 bytes.
   *
   * @param label names the use; each has a key of its own
   */
  public byte[] mac(String label, byte[] text) {
    try {
      var info = ("akm mac " + label + " v1").getBytes(StandardCharsets.UTF_8);
      return hmac(
          Hkdf.computeHkdf("HMACSHA256", auditKey, new byte[0], info, MasterKey.SIZE), text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Keyring of(List<byte[]> parts) throws GeneralSecurityException {
    var keyset =
        TinkProtoKeysetFormat.parseKeyset(
            parts.get(0), InsecureSecretKeyAccess.get(), RegistryConfiguration.get());
    return new Keyring(keyset, parts.get(1), parts.get(2), parts.get(3));
  }

  private static Aead wrapper(MasterKey master, String vaultId) throws GeneralSecurityException {
    return new AesGcmJce(master.derive("kek", vaultId));
  }

  private static byte[] place(String vaultId, int generation) {
    return LengthPrefixed.join(
        "keyring".getBytes(StandardCharsets.UTF_8),
        vaultId.getBytes(StandardCharsets.UTF_8),
        ByteBuffer.allocate(Integer.BYTES).putInt(generation).array());
  }

  private static byte[] bytes(SecureRandom random) {
    var bytes = new byte[MasterKey.SIZE];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] hmac(byte[] key, byte[] text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
