package io.commandcenter.akm.mcp.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Call;
import io.commandcenter.akm.contract.VaultCalls;
import io.commandcenter.akm.contract.VaultCalls.KeyCheck;
import io.commandcenter.akm.testkit.KeyInfos;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ValidationRoundTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final ToolCalls.Heard progress = new ToolCalls.Heard();
  private final Vault vault = new Vault();

  /** Ten keys, whose checks end when the test says so. */
  private static final class Vault implements Asking {
    final Deque<Promise<KeyCheck>> open = new ArrayDeque<>();
    int asked;

    @Override
    @SuppressWarnings("unchecked")
    public <Q extends Record, A extends Record> Future<A> ask(Call<Q, A> call, Q request) {
      if (request instanceof VaultCalls.ListKeys) {
        var keys =
            IntStream.range(0, 10)
                .mapToObj(
                    i -> KeyInfos.key("key_" + i, "openai", "k" + i, "active", 1, 1, NOON, null))
                .toList();
        return (Future<A>) Future.succeededFuture(new VaultCalls.KeyList(keys));
      }
      asked++;
      var answer = Promise.<KeyCheck>promise();
      open.add(answer);
      return (Future<A>) answer.future();
    }

    void answerOne() {
      open.remove().complete(new KeyCheck("key", "openai", "k", "valid", "taken", 200, 5, NOON));
    }
  }

  private Future<? extends ToolAnswer> begin() {
    return new ValidateAllKeys(vault).call(ToolCalls.of(new JsonObject(), null, progress));
  }

  private static JsonObject structured(Future<? extends ToolAnswer> answer) {
    return ((ToolAnswer.Told) answer.result()).structured();
  }

  /** Seen failing with a lane for each key. */
  @Test
  void asksFourKeysAtATime() {
    var answer = begin();
    assertEquals(4, vault.asked);
    for (int done = 1; done <= 10; done++) {
      assertFalse(answer.isComplete());
      vault.answerOne();
      assertEquals(Math.min(10, 4 + done), vault.asked);
    }
    assertEquals(10, structured(answer).getInteger("valid"));
  }

  @Test
  void tellsAfterEachKeyHowFarItIs() {
    begin();
    vault.answerOne();
    vault.answerOne();
    assertEquals(List.of(1.0, 2.0), progress.done);
    assertEquals(10.0, progress.total);
    assertEquals(List.of("openai/k0: valid", "openai/k1: valid"), progress.messages);
  }

  /** Seen failing with the cancellation unheard: all ten keys were asked. */
  @Test
  void asksNoMoreKeysAfterACancellation() {
    var answer = begin();
    vault.answerOne();
    progress.cancel();
    while (!vault.open.isEmpty()) {
      vault.answerOne();
    }
    assertEquals(5, vault.asked);
    assertTrue(answer.succeeded());
    assertEquals(5, structured(answer).getInteger("skipped"));
  }
}
