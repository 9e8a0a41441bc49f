package io.commandcenter.akm.simulator;

import static io.commandcenter.akm.testkit.TestVertx.await;
import static io.commandcenter.akm.testkit.TestVertx.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.provider.HttpMinter;
import io.commandcenter.akm.provider.Minter.Minted;
import io.commandcenter.akm.provider.Minter.Place;
import io.commandcenter.akm.testkit.TestVertx;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The simulated admin APIs, asked by the minter that asks the real ones. Seen failing with the path
 * segments unchecked, with every host allowed.
 */
class MinterTest {
  private static final Secret ADMIN = Secret.of("sk-admin-of-the-test");

  private final TestVertx test = new TestVertx();
  private SimulatedAdmin admin;
  private HttpMinter minter;

  @BeforeEach
  void start() {
    admin = await(SimulatedAdmin.start(test.vertx(), "sk-admin-of-the-test"));
    minter = minter(Set.of(admin.hostPort()));
  }

  private HttpMinter minter(Set<String> hosts) {
    var second = Duration.ofSeconds(5);
    var settings = new ServerConfig.Router(second, 3, second, second, 1_000_000, 4096);
    return new HttpMinter(test.vertx(), settings, hosts, Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    await(minter.close());
    await(admin.close());
    test.close();
  }

  private Place place(String kind) {
    return new Place(kind, admin.endpoint(), "proj_abc");
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "openrouter"})
  void makesAKeyAndRevokesIt(String kind) {
    assertTrue(minter.makes(place(kind)));
    Minted made = await(minter.make(place(kind), ADMIN, "akm-rot_1"));

    assertEquals("akm-rot_1", admin.names().get(0));
    assertEquals(Secret.of(admin.keys().get(made.id())), made.secret());
    assertFalse(made.toString().contains(admin.keys().get(made.id())));
    await(minter.revoke(place(kind), ADMIN, made.id()));
    assertTrue(admin.keys().isEmpty());
    await(minter.revoke(place(kind), ADMIN, made.id()));
  }

  @Test
  void takesAnAnthropicKeyOutOfUseButMakesNone() {
    assertFalse(minter.makes(place("anthropic")));
    var failure = failure(minter.make(place("anthropic"), ADMIN, "x"), Failure.class);
    assertEquals(Code.CONFLICT, failure.code());
    assertTrue(failure.detail().contains("in its console only"), failure.detail());

    await(minter.revoke(place("anthropic"), ADMIN, "apikey_1"));
    assertEquals(Set.of("apikey_1"), admin.inactive());
  }

  @Test
  void saysWhatToDoWhenTheAdminKeyIsRefusedAndRepeatsNothing() {
    var wrong = Secret.of("sk-admin-wrong");
    var failure = failure(minter.make(place("openai"), wrong, "x"), Failure.class);
    assertEquals(Code.PROVIDER_FAILED, failure.code());
    assertTrue(failure.detail().contains("HTTP 401; check the minting key"), failure.detail());
    assertFalse(failure.detail().contains("Incorrect"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../x", "a/b", "a?b", "", "a#b", "a%2fb"})
  void letsNoIdReachBeyondItsPathSegment(String id) {
    var failure = failure(minter.revoke(place("openai"), ADMIN, id), Failure.class);
    assertEquals(Code.BAD_REQUEST, failure.code());
  }

  @Test
  void asksNoPrivateHostThatIsNotNamed() {
    var strict = minter(Set.of());
    var failure = failure(strict.make(place("openai"), ADMIN, "x"), Failure.class);
    assertEquals(Code.PROVIDER_FAILED, failure.code());
    assertTrue(admin.names().isEmpty());
    await(strict.close());
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://api.openai.com", "http://127.0.0.1:9", "https://127.0.0.1:9"})
  void asksOnlyHttps(String base) {
    var strict = minter(Set.of());
    var place = new Place("openai", URI.create(base), "proj_abc");
    var failure = failure(strict.make(place, ADMIN, "x"), Failure.class);
    assertEquals(Code.PROVIDER_FAILED, failure.code());
    await(strict.close());
  }

  @Test
  void refusesAnAnswerWithoutAKey() {
    var place = new Place("openrouter", URI.create(admin.endpoint() + "/nowhere"), null);
    assertEquals(
        Code.PROVIDER_FAILED, failure(minter.make(place, ADMIN, "x"), Failure.class).code());
  }
}
