package io.commandcenter.akm.translation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.commandcenter.akm.core.chat.ChatAnswer;
import io.commandcenter.akm.core.chat.ChatRequest;
import io.commandcenter.akm.core.chat.Turn;
import io.commandcenter.akm.provider.Protocols;
import io.commandcenter.akm.provider.ProviderReply;
import io.commandcenter.akm.provider.ProviderRequest;
import io.commandcenter.akm.testkit.Dialects;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each feature of an answer, from each provider to each dialect, whole and streamed. */
class AnswerTableTest {
  static Stream<Arguments> cells() {
    return AnswerTable.read().stream()
        .flatMap(
            feature ->
                feature.given.keySet().stream()
                    .flatMap(
                        provider ->
                            RequestTable.DIALECTS.keySet().stream()
                                .map(dialect -> cell(feature, provider, dialect))));
  }

  private static Arguments cell(AnswerTable.Feature feature, String provider, String dialect) {
    return Arguments.of(feature.name, provider, dialect, feature);
  }

  @ParameterizedTest(name = "{0}: {1} to {2}")
  @MethodSource("cells")
  void givesTheCallerWhatTheTableSays(
      String name, String provider, String dialect, AnswerTable.Feature feature) {
    var answer = decoded(provider, feature.given.get(provider).body());
    var asked = feature.asked.getOrDefault(dialect, new JsonObject());
    var given = Dialects.given(asked.encode());
    var outcome = feature.outcome(provider, dialect);
    var variables = feature.given.get(provider).variables();
    var writing = RequestTable.DIALECTS.get(dialect);
    outcome.holdsFor(writing.answer(answer, given).toJsonObject(), variables);
    var stream = Dialects.written(writing.writer(given), answer.events());
    outcome.holdsFor(Collected.of(dialect, stream), variables);
  }

  private static ChatAnswer decoded(String provider, JsonObject body) {
    var request =
        new ProviderRequest.Chat(
            RequestTable.MODELS.get(provider),
            ChatRequest.of(List.of(Turn.of(Turn.Role.USER, "Hi"))),
            1000,
            false);
    var reply =
        Protocols.named(provider)
            .orElseThrow()
            .decode(
                request, 200, MultiMap.caseInsensitiveMultiMap(), body.toBuffer(), Dialects.NOW);
    return ((ProviderReply.Answered) reply).answer();
  }

  @Test
  void hasAWordOnEveryDialect() {
    for (var feature : AnswerTable.read()) {
      for (var provider : feature.given.keySet()) {
        RequestTable.DIALECTS.keySet().forEach(dialect -> feature.outcome(provider, dialect));
      }
      assertEquals(
          true, RequestTable.MODELS.keySet().containsAll(feature.given.keySet()), feature.name);
    }
  }
}
