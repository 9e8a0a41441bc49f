package io.commandcenter.akm.testkit;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Call;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Rooms that answer as a test says, without a bus; keeps what it was asked. */
public final class CannedRooms implements Asking {
  private final Map<String, Function<Record, Future<? extends Record>>> answers = new HashMap<>();
  private final List<Record> asked = new CopyOnWriteArrayList<>();

  /** A failure that the answer throws is the call's failure. */
  public <Q extends Record, A extends Record> CannedRooms answer(
      Call<Q, A> call, Function<Q, A> answer) {
    answers.put(
        call.address(), asked -> Future.succeededFuture(answer.apply(call.request().cast(asked))));
    return this;
  }

  public List<Record> asked() {
    return List.copyOf(asked);
  }

  @Override
  public <Q extends Record, A extends Record> Future<A> ask(Call<Q, A> call, Q request) {
    asked.add(request);
    var answer = answers.get(call.address());
    if (answer == null) {
      return Future.failedFuture(new AssertionError("nobody answers " + call.address()));
    }
    try {
      return answer.apply(request).map(call.answer()::cast);
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }
}
