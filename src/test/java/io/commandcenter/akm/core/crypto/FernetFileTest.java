package io.commandcenter.akm.core.crypto;

import static io.commandcenter.akm.core.crypto.FernetKeyTest.file;
import static io.commandcenter.akm.core.crypto.FernetKeyTest.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.commandcenter.akm.core.crypto.FernetFile.Entry;
import io.commandcenter.akm.core.crypto.FernetFile.Fault;
import io.commandcenter.akm.core.crypto.FernetFile.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files that another implementation made, years before. */
class FernetFileTest {
  private static final FernetKey KEY = key("correct horse battery staple", "akm-salt");

  private static FernetKey key(String secret, String salt) {
    return FernetKey.derived(Secret.of(secret), utf8(salt));
  }

  private static Outcome.Opened opened(String resource) {
    return assertInstanceOf(Outcome.Opened.class, FernetFile.read(file(resource), KEY));
  }

  @Test
  void opensAFileThatIsOneToken() {
    var opened = opened("/fernet/whole.token");
    assertEquals(
        List.of(
            new Entry("anthropic", Secret.of("sk-ant-api03-fernet-whole-0123456789abcdefAA")),
            new Entry("openai", Secret.of("sk-proj-fernet-whole-0123456789abcdef"))),
        opened.entries());
    assertEquals(List.of(new Fault("empty", "has no key in it")), opened.faults());
  }

  @Test
  void opensAFileOfTokens() {
    var opened = opened("/fernet/tokens.json");
    assertEquals(
        List.of(
            new Entry("anthropic", Secret.of("sk-ant-api03-fernet-token-0123456789abcdefAA")),
            new Entry("openai", Secret.of("sk-proj-fernet-token-0123456789abcdef"))),
        opened.entries());
    assertEquals("google", opened.faults().get(0).provider());
  }

  @Test
  void tellsAWrongSecretOrSaltFromAnotherFile() {
    for (var file : List.of("/fernet/whole.token", "/fernet/tokens.json")) {
      for (var key : List.of(key("another", "akm-salt"), key("correct horse", "other"))) {
        assertInstanceOf(Outcome.WrongSecret.class, FernetFile.read(file(file), key));
      }
    }
    for (var text :
        List.of("", "no token", "{\"keys\":[]}", "{\"other\":1}", "{\"keys\":{", "[]")) {
      assertInstanceOf(Outcome.NoKeyFile.class, FernetFile.read(utf8(text), KEY), text);
    }
  }

  @Test
  void isBoundedInDepthAndNumber() {
    var deep = "{\"a\":" + "[".repeat(100) + "]".repeat(100) + ",\"keys\":{}}";
    assertInstanceOf(Outcome.NoKeyFile.class, FernetFile.read(utf8(deep), KEY));
    var many = new StringBuilder("{\"keys\":{\"a\":1");
    for (int i = 0; i < 2000; i++) {
      many.append(",\"a").append(i).append("\":1");
    }
    assertInstanceOf(
        Outcome.NoKeyFile.class, FernetFile.read(utf8(many.append("}}").toString()), KEY));
  }
}
