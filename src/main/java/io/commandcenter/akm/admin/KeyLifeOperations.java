package io.commandcenter.akm.admin;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.DecoyCalls;
import io.commandcenter.akm.contract.DecoyCalls.AddDecoy;
import io.commandcenter.akm.contract.KeyCalls;
import io.commandcenter.akm.contract.KeyCalls.UpdateKey;
import io.commandcenter.akm.contract.KeyCalls.ValidateAll;
import io.commandcenter.akm.contract.NoticeCalls;
import io.commandcenter.akm.contract.NoticeCalls.ListNotices;
import io.commandcenter.akm.contract.NoticeCalls.TestNotice;
import io.commandcenter.akm.contract.Wire;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The operations on what is said of keys, on decoys and on notices. */
final class KeyLifeOperations {
  private final Asking bus;

  KeyLifeOperations(Asking bus) {
    this.bus = bus;
  }

  /** The body of updateKey, without the members that are null. */
  record Change(
      String label,
      List<String> tags,
      String owner,
      Integer weight,
      Instant expiresAt,
      Integer maxAgeDays) {}

  /** The body of validateKeys. */
  record Round(String provider) {}

  /** The body of addDecoy. */
  record Decoy(String provider, String label) {}

  Map<String, Action> table() {
    return Map.of(
        "updateKey", this::update,
        "validateKeys", this::validate,
        "addDecoy", this::decoy,
        "listNotices", this::notices,
        "testNotice", this::test);
  }

  private Future<Answer> update(AdminCall call) {
    var clear =
        call.body().stream()
            .filter(member -> member.getValue() == null)
            .map(Map.Entry::getKey)
            .toList();
    var given = call.body().copy();
    clear.forEach(given::remove);
    var change = Wire.fromJson(given, Change.class);
    return bus.ask(
            KeyCalls.UPDATE,
            new UpdateKey(
                call.inPath("key_id"),
                change.label(),
                change.tags(),
                change.owner(),
                change.weight(),
                change.expiresAt(),
                change.maxAgeDays(),
                clear,
                call.by().id()))
        .map(Answer::ok);
  }

  private Future<Answer> validate(AdminCall call) {
    var round = Wire.fromJson(call.body(), Round.class);
    return bus.ask(KeyCalls.VALIDATE_ALL, new ValidateAll(round.provider(), call.by().id()))
        .map(Answer::ok);
  }

  private Future<Answer> decoy(AdminCall call) {
    var decoy = Wire.fromJson(call.body(), Decoy.class);
    return bus.ask(DecoyCalls.ADD, new AddDecoy(decoy.provider(), decoy.label(), call.by().id()))
        .map(Answer::created);
  }

  private Future<Answer> notices(AdminCall call) {
    return bus.ask(NoticeCalls.LIST, new ListNotices(call.whole("limit"), call.number("before")))
        .map(Answer::ok);
  }

  private Future<Answer> test(AdminCall call) {
    return bus.ask(NoticeCalls.TEST, new TestNotice(call.by().id())).map(Answer::created);
  }
}
