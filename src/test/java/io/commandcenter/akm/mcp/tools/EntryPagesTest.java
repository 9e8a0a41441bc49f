package io.commandcenter.akm.mcp.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Call;
import io.commandcenter.akm.contract.EntryCalls;
import io.commandcenter.akm.contract.EntryCalls.AskEntry;
import io.commandcenter.akm.contract.EntryCalls.EntryLink;
import io.commandcenter.akm.contract.EntryCalls.EntryStatus;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.Wire;
import io.commandcenter.akm.testkit.KeyInfos;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What follows when a person was asked to open a one-time page. */
class EntryPagesTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final EntryLink LINK =
      new EntryLink("ent_1", "http://x/enter/t", "482-915", "openai", "main", NOON);

  private final ToolCalls.Heard progress = new ToolCalls.Heard();
  private final List<AskEntry> asked = new ArrayList<>();
  private final List<Promise<Void>> pauses = new ArrayList<>();
  private String state = "open";
  private String reason;

  private final Asking vault =
      new Asking() {
        @Override
        @SuppressWarnings("unchecked")
        public <Q extends Record, A extends Record> Future<A> ask(Call<Q, A> call, Q request) {
          if (request instanceof EntryCalls.BeginEntry) {
            return (Future<A>) Future.succeededFuture(LINK);
          }
          asked.add((AskEntry) request);
          return (Future<A>) Future.succeededFuture(page());
        }
      };

  private EntryStatus page() {
    boolean stored = state.equals("stored");
    var key = KeyInfos.key("key_1", "openai", "main", "active", 2, 1, NOON, null);
    return new EntryStatus(
        "ent_1",
        "add",
        "openai",
        "main",
        state,
        reason,
        NOON,
        stored ? key : null,
        stored ? "valid" : null,
        stored ? "it takes the key" : null);
  }

  private Future<? extends ToolAnswer> call(Person.Outcome outcome, Object... more) {
    var arguments = new JsonObject().put("provider", "openai").put("label", "main");
    for (int i = 0; i < more.length; i += 2) {
      arguments.put((String) more[i], more[i + 1]);
    }
    var reply = outcome == null ? null : new Person.Reply(outcome, Wire.toJson(LINK));
    var tool =
        new AddApiKey(
            vault,
            time -> {
              assertEquals(1000, time.toMillis());
              var pause = Promise.<Void>promise();
              pauses.add(pause);
              return pause.future();
            });
    return tool.call(ToolCalls.of(arguments, reply, progress));
  }

  private void secondPasses() {
    pauses.get(pauses.size() - 1).complete();
  }

  private static ToolAnswer.Told told(Future<? extends ToolAnswer> answer) {
    assertTrue(answer.succeeded(), () -> String.valueOf(answer.cause()));
    return assertInstanceOf(ToolAnswer.Told.class, answer.result());
  }

  private static String status(Future<? extends ToolAnswer> answer) {
    return told(answer).structured().getString("status");
  }

  @Test
  void opensThePageFirst() {
    assertInstanceOf(ToolAnswer.Opening.class, call(null).result());
    assertTrue(asked.isEmpty());
  }

  @Test
  void waitsForThePersonAndTellsWhatWasStored() {
    var answer = call(Person.Outcome.AGREED);
    assertFalse(answer.isComplete());
    secondPasses();
    state = "stored";
    secondPasses();
    assertEquals("stored", status(answer));
    var key = told(answer).structured();
    assertEquals("key_1 valid", key.getString("key_id") + " " + key.getString("check"));
    assertTrue(told(answer).text().contains("it takes the key"), told(answer).text());
    assertEquals(new AskEntry("ent_1", "tok_1", false), asked.get(0));
    assertEquals(List.of(0.0, 1.0), progress.done);
    assertEquals(45.0, progress.total);
  }

  /** Seen failing without an end to the looking: it went on for ever. */
  @Test
  void waitsNoLongerThanItWasTold() {
    var answer = call(Person.Outcome.AGREED, "wait_seconds", 2);
    secondPasses();
    assertFalse(answer.isComplete());
    secondPasses();
    assertEquals("waiting", status(answer));
    assertEquals("http://x/enter/t", told(answer).structured().getString("url"));
    assertTrue(told(answer).text().contains("entry_id=ent_1"), told(answer).text());
    assertEquals(2, pauses.size());
  }

  /** Seen failing with the cancellation unheard: it went on looking. */
  @Test
  void looksNoMoreAfterACancellation() {
    var answer = call(Person.Outcome.AGREED);
    progress.cancel();
    secondPasses();
    assertTrue(answer.succeeded());
    assertEquals(1, pauses.size());
  }

  @ParameterizedTest
  @CsvSource({"open,,waiting", "stored,,stored", "expired,,expired", "closed,wrong-code,closed"})
  void tellsAtOnceWhatBecameOfAPage(String page, String why, String status) {
    state = page;
    reason = why;
    var answer = call(null, "entry_id", "ent_1");
    assertEquals(status, status(answer));
    assertEquals("ent_1", asked.get(0).entryId());
    assertTrue(pauses.isEmpty());
    boolean over = status.equals("expired") || status.equals("closed");
    assertEquals(over, told(answer).text().contains("without entry_id for a new page"));
  }

  @Test
  void saysHowToLearnOfAPageWhoseLinkWasHandedOver() {
    var answer = call(Person.Outcome.NOT_SHOWN);
    assertTrue(
        told(answer).text().contains("call add_api_key again with the same provider and label"),
        told(answer).text());
    assertTrue(asked.isEmpty());
  }

  @Test
  void takesAVariableOrAPageButNotBoth() {
    var failure =
        assertThrows(Failure.class, () -> call(null, "entry_id", "ent_1", "env_var", "OPENAI_KEY"));
    assertTrue(failure.detail().contains("not both"), failure.detail());
  }
}
