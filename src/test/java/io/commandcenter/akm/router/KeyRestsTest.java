package io.commandcenter.akm.router;

import static io.commandcenter.akm.router.RouterRig.chat;
import static io.commandcenter.akm.router.ScriptedUpstream.fail;
import static io.commandcenter.akm.router.ScriptedUpstream.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Facts;
import io.commandcenter.akm.contract.KeyCalls;
import io.commandcenter.akm.contract.KeyCalls.CoolKey;
import io.commandcenter.akm.contract.RouteRequest;
import io.commandcenter.akm.contract.RouterCalls.RouteAnswer;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.core.routing.ErrorClass;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Seen failing: with the telling removed, with the seeding removed, with a frozen key and a decoy
 * taken as usable.
 */
class KeyRestsTest {
  private final RouterRig rig = new RouterRig();
  private final Queue<CoolKey> told = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void hear() {
    rig.bus.serve(
        KeyCalls.COOL,
        cool -> {
          told.add(cool);
          return Promise.<KeyInfo>promise().future();
        });
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static RouteRequest onlyGpt4() {
    return RouterRig.request(null, null, "gpt-4", "a question", null, null);
  }

  private void anthropicFails(ErrorClass error, Duration wait, Instant until) {
    rig.upstream.script =
        sent -> sent.provider().equals("anthropic") ? fail(error, wait, until) : ok();
  }

  private static String first(RouteAnswer answer) {
    return answer.attempts().get(0).provider();
  }

  /** The vault never answers here: the request does not wait for it. */
  @Test
  void tellsTheVaultOfARestOfTheWholeKey() {
    anthropicFails(ErrorClass.RATE_LIMIT, Duration.ofSeconds(30), null);
    rig.start().route(chat("chat"));

    rig.eventually(() -> told.size() == 1);
    var cool = told.peek();
    assertEquals("key_anthropic", cool.keyId());
    assertEquals(3, cool.version());
    assertEquals("rate-limit", cool.reason());
    assertEquals(rig.time.instant().plusSeconds(30), cool.until());
  }

  @Test
  void tellsOfASpendLimit() {
    var until = rig.time.instant().plus(Duration.ofDays(9));
    anthropicFails(ErrorClass.SPEND_LIMIT, null, until);
    rig.start().route(chat("chat"));

    rig.eventually(() -> told.size() == 1);
    assertEquals(until, told.peek().until());
  }

  @Test
  void keepsToItselfWhatIsShortOrItsOwnOrNotTheKeys() {
    rig.start();
    anthropicFails(ErrorClass.RATE_LIMIT, Duration.ofSeconds(4), null);
    rig.route(chat("chat"));
    rig.time.pass(Duration.ofSeconds(5));
    anthropicFails(ErrorClass.RATE_LIMIT, null, null);
    rig.route(chat("chat"));
    rig.time.pass(Duration.ofSeconds(60));
    anthropicFails(ErrorClass.OVERLOADED, Duration.ofSeconds(60), null);
    rig.route(chat("chat"));
    rig.time.pass(Duration.ofSeconds(61));
    anthropicFails(ErrorClass.MODEL_GONE, null, null);
    rig.route(chat("chat"));

    assertEquals(List.of(), List.copyOf(told));
  }

  @Test
  void startsWithTheRestsThatTheVaultRemembers() {
    rig.rooms.keys.set(0, resting("key_anthropic", rig.time.instant().plusSeconds(30)));
    rig.start();

    assertEquals("openai", first(rig.route(chat("chat"))));
    rig.time.pass(Duration.ofSeconds(29));
    assertEquals("openai", first(rig.route(chat("chat"))));
    rig.time.pass(Duration.ofSeconds(2));
    assertEquals("anthropic", first(rig.route(chat("chat"))));
  }

  private static KeyInfo resting(String id, Instant until) {
    return like(FakeRooms.key(id, "anthropic", 1, "cooling", null), until, "inference", false);
  }

  private static KeyInfo like(KeyInfo key, Instant until, String purpose, boolean frozen) {
    return new KeyInfo(
        key.keyId(),
        key.provider(),
        key.label(),
        key.state(),
        key.source(),
        key.masked(),
        key.fingerprint(),
        key.version(),
        key.weight(),
        key.envVar(),
        purpose,
        key.owner(),
        key.tags(),
        key.maxAgeDays(),
        frozen,
        key.rotationId(),
        key.createdAt(),
        key.rotatedAt(),
        key.expiresAt(),
        until,
        key.lastUsedAt(),
        key.lastValidatedAt());
  }

  @Test
  void endsTheRestWhenTheVaultSaysSo() {
    rig.rooms.keys.set(0, resting("key_anthropic", rig.time.instant().plusSeconds(3000)));
    rig.start();
    assertEquals("openai", first(rig.route(chat("chat"))));

    rig.rooms.keys.set(0, FakeRooms.key("key_anthropic", "anthropic", 1, "active", null));
    int lists = rig.rooms.lists.get();
    rig.bus.publish(
        Facts.KEY_CHANGED,
        new Facts.KeyChanged("key_anthropic", "anthropic", "main", "active", 3, "rested", null));
    rig.eventually(() -> rig.rooms.lists.get() > lists);
    assertEquals("anthropic", first(rig.route(chat("chat"))));
  }

  @Test
  void aClockThatJumpsDoesNotLengthenARestThatRuns() {
    rig.rooms.keys.set(0, resting("key_anthropic", rig.time.instant().plusSeconds(30)));
    rig.start();
    rig.time.jump(Duration.ofDays(-1));
    int lists = rig.rooms.lists.get();
    rig.bus.publish(
        Facts.KEY_CHANGED,
        new Facts.KeyChanged("key_openai", "openai", "main", "active", 3, "updated", null));
    rig.eventually(() -> rig.rooms.lists.get() > lists);
    rig.time.pass(Duration.ofSeconds(31));
    assertEquals("anthropic", first(rig.route(chat("chat"))));
  }

  @Test
  void passesAFrozenKeyOverAndSaysWhy() {
    var key = FakeRooms.key("key_openai", "openai", 1, "active", null);
    rig.rooms.keys.set(1, like(key, null, "inference", true));
    var refused = rig.start().refusal(onlyGpt4());

    assertEquals(Code.NO_CANDIDATE, refused.code());
    assertTrue(refused.context().toString().contains("key-frozen"), refused.toString());
    assertEquals(0, rig.upstream.sent.size());
  }

  @Test
  void aDecoyOrAKeyThatMakesOthersIsNone() {
    var key = FakeRooms.key("key_openai", "openai", 1, "active", null);
    for (var purpose : List.of("decoy", "minting")) {
      rig.rooms.keys.set(1, like(key, null, purpose, false));
      if (rig.deployment == null) {
        rig.start();
      }
      assertEquals(Code.NO_CANDIDATE, rig.refusal(onlyGpt4()).code());
    }
    assertEquals(0, rig.rooms.leases.size());
  }
}
