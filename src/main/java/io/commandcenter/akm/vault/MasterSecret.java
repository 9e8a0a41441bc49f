package io.commandcenter.akm.vault;

import io.commandcenter.akm.core.crypto.MasterKey;
import io.commandcenter.akm.core.crypto.PassphraseKdf;
import io.commandcenter.akm.core.crypto.Secret;
import java.util.Optional;

/** What a source holds: a random key, or a passphrase that becomes one. */
sealed interface MasterSecret extends AutoCloseable {
  /**
   * The master key of a generation; empty if that one was made with the other kind.
   *
   * @param kdf null for a random key
   */
  Optional<MasterKey> masterOf(PassphraseKdf kdf);

  boolean sameAs(MasterSecret other);

  @Override
  void close();

  record Random(MasterKey key) implements MasterSecret {
    @Override
    public Optional<MasterKey> masterOf(PassphraseKdf kdf) {
      return kdf == null ? Optional.of(key.copy()) : Optional.empty();
    }

    @Override
    public boolean sameAs(MasterSecret other) {
      return other instanceof Random random && key.sameAs(random.key);
    }

    @Override
    public void close() {
      key.close();
    }
  }

  record Passphrase(Secret text) implements MasterSecret {
    @Override
    public Optional<MasterKey> masterOf(PassphraseKdf kdf) {
      return kdf == null ? Optional.empty() : Optional.of(kdf.derive(text));
    }

    @Override
    public boolean sameAs(MasterSecret other) {
      return other instanceof Passphrase passphrase && text.equals(passphrase.text);
    }

    @Override
    public void close() {
      text.close();
    }
  }
}
