package io.commandcenter.akm.vault;

import static io.commandcenter.akm.vault.Vaults.BY;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import io.commandcenter.akm.contract.EntryCalls;
import io.commandcenter.akm.contract.EntryCalls.BeginEntry;
import io.commandcenter.akm.contract.EntryCalls.SubmitEntry;
import io.commandcenter.akm.contract.EntryCalls.UnlockEntry;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.LeaseCalls.Lease;
import io.commandcenter.akm.contract.RotationCalls;
import io.commandcenter.akm.contract.RotationCalls.RotateFromEnvironment;
import io.commandcenter.akm.contract.RotationCalls.RotateKey;
import io.commandcenter.akm.contract.VaultCalls;
import io.commandcenter.akm.contract.VaultCalls.AddFromEnvironment;
import io.commandcenter.akm.contract.VaultCalls.ChangeKey;
import io.commandcenter.akm.contract.VaultCalls.FindKey;
import io.commandcenter.akm.contract.VaultCalls.ListKeys;
import io.commandcenter.akm.contract.VaultCalls.SealKey;
import io.commandcenter.akm.contract.Wire;
import io.commandcenter.akm.core.crypto.Secret;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Keys that came in by every way are looked for in whatever is left behind. Seen failing with the
 * mask off, with a key in the log, and with callers' names unchecked.
 */
class CanaryTest {
  private static final int ROUNDS = 10;
  // Every canary begins with it: one search finds them all, in any form, however much was cut off.
  private static final String MARK = "sk-ant-api03-canar";

  @TempDir Path folder;
  private final List<String> canaries = new ArrayList<>(List.of(MARK));
  private final Map<String, String> environment = new HashMap<>();
  private final StringBuilder said = new StringBuilder();
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final List<Appender<ILoggingEvent>> consoles = new ArrayList<>();
  private final Logger root = (Logger) LoggerFactory.getLogger("ROOT");
  private Level before;

  @BeforeEach
  void listen() {
    before = root.getLevel();
    root.setLevel(Level.TRACE);
    logged.start();
    // Only into the list: a console at TRACE would take the test's time.
    root.iteratorForAppenders().forEachRemaining(consoles::add);
    consoles.forEach(root::detachAppender);
    root.addAppender(logged);
  }

  @AfterEach
  void stopListening() {
    root.detachAppender(logged);
    consoles.forEach(root::addAppender);
    root.setLevel(before);
  }

  private String canary() {
    // With characters that a URL would write differently.
    return MARK + "+/" + HexFormat.of().formatHex(bytes());
  }

  private static byte[] bytes() {
    var bytes = new byte[20];
    ThreadLocalRandom.current().nextBytes(bytes);
    return bytes;
  }

  @Test
  void leavesNoKeyAnywhere() throws IOException {
    for (var i = 0; i < ROUNDS; i++) {
      environment.put("CANARY_" + i, canary());
      environment.put("CANARY_NEXT_" + i, canary());
    }
    environment.put("ANTHROPIC_API_KEY", canary());
    try (var vault = Vaults.open(folder, environment)) {
      for (var i = 0; i < ROUNDS; i++) {
        sealAndRotate(vault, i);
        fromTheEnvironment(vault, i);
        onAPage(vault, i);
        inTheWrongPlace(vault);
      }
      say(vault.lease("env_anthropic"));
      say(vault.ask(VaultCalls.LIST, new ListKeys(null)));
      vault.audit().forEach(this::say);
      vault.facts.forEach(this::say);
      scan("the open data", files());
    }
    scan("the closed data", files());
    scan("what was answered", said.toString());
    scan("the log", log());
  }

  private void sealAndRotate(Vaults vault, int i) {
    var sealed = new SealKey("anthropic", "sealed-" + i, Secret.of(canary()), 1, null, BY);
    var id = vault.ask(VaultCalls.SEAL, sealed).keyId();
    said.append(sealed);
    say(vault.lease(id));
    say(vault.ask(VaultCalls.VALIDATE, new ChangeKey(id, BY)));
    var rotation =
        new RotateKey(
            "anthropic", "sealed-" + i, Secret.of(canary()), (long) i % 2, null, null, BY);
    say(vault.ask(RotationCalls.ROTATE, rotation));
    said.append(rotation);
    say(vault.change(i % 2 == 0 ? VaultCalls.DISABLE : VaultCalls.DELETE, id));
    say(vault.find(id));
  }

  private void fromTheEnvironment(Vaults vault, int i) {
    var add = new AddFromEnvironment("openai", "variable-" + i, "CANARY_" + i, null, null, BY);
    say(vault.ask(VaultCalls.ADD_FROM_ENVIRONMENT, add));
    var rotate =
        new RotateFromEnvironment(
            "openai", "variable-" + i, "CANARY_NEXT_" + i, null, null, null, BY);
    say(vault.ask(RotationCalls.ROTATE_FROM_ENVIRONMENT, rotate));
  }

  private void onAPage(Vaults vault, int i) {
    var link =
        vault.ask(EntryCalls.BEGIN_ENTRY, new BeginEntry("add", "anthropic", "page-" + i, BY));
    var token = link.url().substring(link.url().lastIndexOf('/') + 1);
    vault.ask(EntryCalls.UNLOCK_ENTRY, new UnlockEntry(token, link.code(), "browser"));
    var submit = new SubmitEntry(token, "browser", Secret.of(canary()), false);
    say(vault.ask(EntryCalls.SUBMIT_ENTRY, submit));
    said.append(submit);
    // A page's token opens it: it is as secret as a key, except in the link itself.
    canaries.add(token);
  }

  private void inTheWrongPlace(Vaults vault) {
    refuse(() -> vault.ask(VaultCalls.FIND, new FindKey(canary().replaceAll("[+/]", "-"))));
    refuse(() -> vault.ask(VaultCalls.FIND, new FindKey(canary())));
    refuse(() -> vault.add(canary(), "x"));
    refuse(() -> vault.add("main", canary() + "\n" + canary()));
    refuse(() -> vault.change(VaultCalls.DISABLE, canary().replaceAll("[+/]", "-")));
    refuse(() -> vault.ask(VaultCalls.DISABLE, new ChangeKey("env_anthropic", canary())));
  }

  private void refuse(org.junit.jupiter.api.function.Executable call) {
    say(assertThrows(Failure.class, call));
  }

  private void say(Object answer) {
    said.append(answer).append('\n');
    if (answer instanceof Record wired && !(answer instanceof Lease)) {
      try {
        said.append(Wire.toJson(wired).encode()).append('\n');
      } catch (IllegalArgumentException unencodable) {
        said.append(unencodable).append('\n');
      }
    }
  }

  @Test
  void refusesToWriteASecretForTheWire() {
    var key = new SealKey("anthropic", "main", Secret.of(canary()), 1, null, BY);
    try {
      scan("the wire", Wire.toJson(key).encode());
    } catch (IllegalArgumentException refused) {
      scan("the refusal", refused.toString());
    }
  }

  private String log() {
    var text = new StringBuilder();
    for (var event : List.copyOf(logged.list)) {
      text.append(event.getFormattedMessage()).append('\n');
      if (event.getThrowableProxy() != null) {
        text.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
      }
    }
    assertFalse(text.isEmpty(), "nothing was logged at TRACE: the appender does not listen");
    return text.toString();
  }

  private String files() throws IOException {
    var content = new StringBuilder();
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        content.append(new String(Files.readAllBytes(file), ISO_8859_1));
      }
    }
    return content.toString();
  }

  private void scan(String where, String text) {
    var hits = 0;
    for (var canary : canaries) {
      for (var form : forms(canary)) {
        if (text.contains(form)) {
          hits++;
        }
      }
    }
    assertEquals(0, hits, "keys found in " + where);
  }

  private static List<String> forms(String canary) {
    var bytes = canary.getBytes(UTF_8);
    return List.of(
        canary,
        Base64.getEncoder().withoutPadding().encodeToString(bytes),
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
        HexFormat.of().formatHex(bytes),
        HexFormat.of().withUpperCase().formatHex(bytes),
        URLEncoder.encode(canary, UTF_8));
  }
}
