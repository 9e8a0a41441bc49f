package io.commandcenter.akm.translation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.commandcenter.akm.provider.Protocols;
import io.commandcenter.akm.provider.ProviderRequest;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each feature of a request, from each dialect to each provider, as the table says. */
class RequestTableTest {
  static Stream<Arguments> cells() {
    return RequestTable.read().stream()
        .flatMap(
            feature ->
                RequestTable.DIALECTS.keySet().stream()
                    .filter(dialect -> feature.said.get(dialect).body() != null)
                    .flatMap(
                        dialect ->
                            RequestTable.MODELS.keySet().stream()
                                .map(provider -> cell(feature, dialect, provider))));
  }

  private static Arguments cell(RequestTable.Feature feature, String dialect, String provider) {
    return Arguments.of(feature.name, dialect, provider, feature);
  }

  @ParameterizedTest(name = "{0}: {1} to {2}")
  @MethodSource("cells")
  void givesTheProviderWhatTheTableSays(
      String name, String dialect, String provider, RequestTable.Feature feature) {
    var said = feature.said.get(dialect);
    if (said.refusal() != null) {
      var refusal = assertThrows(Failure.class, () -> encoded(feature, dialect, provider));
      assertEquals(said.refusal(), refusal.context().get(Fields.PARAM), refusal.detail());
      return;
    }
    var outcome = feature.outcome(dialect, provider);
    if (outcome.refusal() == null) {
      outcome.holdsFor(encoded(feature, dialect, provider), Map.of());
      return;
    }
    var refusal = assertThrows(Failure.class, () -> encoded(feature, dialect, provider));
    assertEquals(Code.BAD_REQUEST, refusal.code());
    assertTrue(refusal.detail().contains(outcome.refusal()), refusal.detail());
  }

  private static JsonObject encoded(RequestTable.Feature feature, String dialect, String provider) {
    // A copy: what is asked is a caller's, and must not be changed by reading it.
    var body = feature.said.get(dialect).body();
    var request = RequestTable.DIALECTS.get(dialect).request(Fields.of(body.copy()));
    int most = request.maxOutputTokens() == null ? 4000 : request.maxOutputTokens();
    var chat = new ProviderRequest.Chat(feature.models.get(provider), request, most, false);
    return Protocols.named(provider).orElseThrow().encode(chat).body().toJsonObject();
  }

  @Test
  void hasAWordOnEveryFeatureOfEveryDialect() {
    for (var feature : RequestTable.read()) {
      assertEquals(RequestTable.DIALECTS.keySet(), feature.said.keySet(), feature.name);
    }
  }
}
