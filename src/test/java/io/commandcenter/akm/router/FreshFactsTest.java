package io.commandcenter.akm.router;

import static io.commandcenter.akm.router.RouterRig.chat;
import static io.commandcenter.akm.router.RouterRig.decisionOnly;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Facts;
import io.commandcenter.akm.contract.HealthCalls.ProviderHealth;
import io.commandcenter.akm.contract.ReadyCalls;
import io.commandcenter.akm.contract.RouterCalls;
import io.commandcenter.akm.contract.RouterCalls.ProviderView;
import io.commandcenter.akm.contract.RouterCalls.ShowProviders;
import io.commandcenter.akm.contract.RouterCalls.ShowRouting;
import io.commandcenter.akm.contract.VaultCalls.KeyList;
import io.commandcenter.akm.core.routing.ErrorClass;
import io.commandcenter.akm.provider.ProviderReply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The facts that decisions rest on follow what the other rooms tell; and how they are shown. */
class FreshFactsTest {
  private final RouterRig rig = new RouterRig();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void takesAKeyIntoUseWhenItIsAdded() {
    rig.rooms.keys.clear();
    rig.start();
    assertEquals("local", chosen());
    rig.key("key_new", "anthropic", 1);
    changed("key_new", "added");
    rig.eventually(() -> chosen().equals("anthropic"));
  }

  @Test
  void takesADisabledKeyOutOfUse() {
    rig.start();
    rig.rooms.keys.set(0, FakeRooms.key("key_anthropic", "anthropic", 1, "disabled", null));
    changed("key_anthropic", "disabled");
    rig.eventually(() -> chosen().equals("openai"));
  }

  @Test
  void doesNotUseAKeyPastItsExpiry() {
    rig.rooms.keys.set(
        0,
        FakeRooms.key(
            "key_anthropic", "anthropic", 1, "active", rig.time.instant().plusSeconds(60)));
    rig.start();
    assertEquals("anthropic", chosen());
    rig.time.pass(Duration.ofSeconds(60));
    assertEquals("openai", chosen());
  }

  @Test
  void missesNoChangeWhileItAsks() {
    rig.start();
    var slow = Promise.<KeyList>promise();
    rig.rooms.list = asked -> slow.future();
    int before = rig.rooms.lists.get();
    changed("key_anthropic", "disabled");
    rig.eventually(() -> rig.rooms.lists.get() == before + 1);
    changed("key_openai", "disabled");
    changed("key_openai", "disabled");
    assertEquals("anthropic", chosen());
    rig.rooms.list = asked -> Future.succeededFuture(new KeyList(List.of()));
    slow.complete(new KeyList(rig.rooms.keys));
    rig.eventually(() -> chosen().equals("local"));
    assertEquals(before + 2, rig.rooms.lists.get());
  }

  @Test
  void keepsWhatItKnowsWhenTheVaultStumbles() {
    rig.start();
    rig.rooms.list = asked -> FakeRooms.failed(Code.INTERNAL);
    int before = rig.rooms.lists.get();
    changed("key_anthropic", "disabled");
    rig.eventually(() -> rig.rooms.lists.get() > before);
    assertEquals("anthropic", chosen());
    assertTrue(ready());
  }

  @Test
  void isNotReadyBeforeTheKeysAreKnown() {
    rig.deploy();
    assertFalse(ready());
    rig.rooms.serve(rig.bus);
    changed("key_anthropic", "added");
    rig.eventually(this::ready);
  }

  @Test
  void passesOverAProviderThatIsDown() {
    rig.start();
    health("anthropic", "down");
    rig.eventually(() -> chosen().equals("openai"));
    health("anthropic", "up");
    rig.eventually(() -> chosen().equals("anthropic"));
  }

  @Test
  void readsTheHealthAtStart() {
    rig.rooms.health.add(new ProviderHealth("anthropic", "down", null, 3, "no", null, null));
    rig.rooms.health.add(new ProviderHealth("nobody", "down", null, 3, "no", null, null));
    rig.start();
    assertEquals("openai", chosen());
    assertEquals("no", view("anthropic").healthDetail());
  }

  /** With the trial's check removed from the lane, both requests went to anthropic. */
  @Test
  void letsOneRequestThroughWhileAProviderRecovers() {
    rig.rooms.health.add(new ProviderHealth("anthropic", "probing", null, 3, "no", null, null));
    var trial = Promise.<ProviderReply>promise();
    rig.upstream.script =
        sent -> sent.provider().equals("anthropic") ? trial.future() : ScriptedUpstream.ok();
    rig.start();
    var first = rig.bus.ask(RouterCalls.ROUTE, chat("chat"));
    rig.eventually(() -> rig.upstream.sent.size() == 1);
    assertEquals("openai", rig.route(chat("chat")).attempts().get(0).provider());
    ScriptedUpstream.ok().onComplete(trial);
    assertEquals("anthropic", RouterRig.await(first).attempts().get(0).provider());
    assertEquals("anthropic", rig.route(chat("chat")).attempts().get(0).provider());
  }

  @Test
  void doesNotFallBackToAProviderThatIsTriedMeanwhile() {
    rig.rooms.health.add(new ProviderHealth("openai", "probing", null, 3, "no", null, null));
    var failing = Promise.<ProviderReply>promise();
    var trial = Promise.<ProviderReply>promise();
    rig.upstream.script =
        sent ->
            switch (sent.provider()) {
              case "anthropic" -> failing.future();
              case "openai" -> trial.future();
              default -> ScriptedUpstream.ok();
            };
    rig.start();
    var first = rig.bus.ask(RouterCalls.ROUTE, chat("chat"));
    rig.eventually(() -> rig.upstream.sent.size() == 1);
    var tried = rig.bus.ask(RouterCalls.ROUTE, chat("analysis"));
    rig.eventually(() -> rig.upstream.sent.size() == 2);
    ScriptedUpstream.fail(ErrorClass.TIMEOUT).onComplete(failing);
    assertEquals("local", RouterRig.await(first).attempts().get(1).provider());
    ScriptedUpstream.ok().onComplete(trial);
    RouterRig.await(tried);
  }

  @Test
  void showsTheConfigurationInForce() {
    var view = rig.start().ask(RouterCalls.ROUTING, new ShowRouting());
    assertEquals(List.of("anthropic", "openai", "google", "local"), view.fallbackOrder());
    assertEquals(List.of("a warning"), view.warnings());
    assertEquals("code_generation", view.tasks().get(0).task());
    assertEquals("priority", view.tasks().get(0).strategy());
    assertEquals("anthropic", view.tasks().get(0).targets().get(0).provider());
  }

  @Test
  void showsTheProvidersWithTheirLimits() {
    rig.start().route(chat("chat"));
    var anthropic = view("anthropic");
    assertEquals(100, anthropic.requestsPerMinute());
    assertEquals(99, anthropic.requestsLeft());
    assertEquals(1, anthropic.keys());
    assertEquals("unknown", anthropic.health());
    assertEquals("http://anthropic.test", anthropic.endpoint());
    assertNull(anthropic.coolingUntil());
    assertFalse(view("local").needsKey());
    assertNull(view("local").requestsLeft());
    assertFalse(view("google").enabled());
  }

  @Test
  void showsUntilWhenAProviderCools() {
    rig.upstream.script =
        sent -> ScriptedUpstream.fail(ErrorClass.RATE_LIMIT, Duration.ofSeconds(9), null);
    rig.start().refusal(chat("chat"));
    assertEquals(Instant.parse("2026-11-22T12:00:09Z"), view("anthropic").coolingUntil());
    assertEquals(Instant.parse("2026-11-22T12:00:09Z"), view("local").coolingUntil());
    assertEquals(0, view("anthropic").keys());
  }

  @Test
  void takesAProviderWithoutAnEndpointAsDisabled() {
    rig.endpoints.remove("anthropic");
    rig.start();
    assertEquals("openai", chosen());
    assertFalse(view("anthropic").enabled());
  }

  private ProviderView view(String provider) {
    return rig.ask(RouterCalls.PROVIDERS, new ShowProviders()).providers().stream()
        .filter(view -> view.provider().equals(provider))
        .findFirst()
        .orElseThrow();
  }

  private String chosen() {
    return rig.route(decisionOnly("chat")).decision().chosen().provider();
  }

  private boolean ready() {
    return rig.ask(ReadyCalls.ROUTER, new ReadyCalls.AskReady()).ready();
  }

  private void changed(String keyId, String change) {
    rig.bus.publish(
        Facts.KEY_CHANGED,
        new Facts.KeyChanged(keyId, "anthropic", "main", "active", 1, change, null));
  }

  private void health(String provider, String state) {
    rig.bus.publish(
        Facts.HEALTH_CHANGED, new Facts.HealthChanged(provider, state, "why", rig.time.instant()));
  }
}
