package io.commandcenter.akm.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.Secret;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seen failing with the bytes of the answer left as they came. */
class MintedAnswerTest {
  @Test
  void findsTheKeyByItsPlaceAndWipesTheAnswer() {
    var body =
        Buffer.buffer(
            "{\"value\":\"no\",\"id\":\"svc_1\",\"api_key\":{\"id\":\"k\",\"value\":\"sk-secret\"}}");
    var minted = MintedAnswer.read(body, "api_key.value", "id");

    assertEquals("svc_1", minted.id());
    assertEquals(Secret.of("sk-secret"), minted.secret());
    assertFalse(body.toString().contains("sk-secret"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no json sk-secret",
        "{\"id\":\"svc_1\"}",
        "{\"api_key\":{\"value\":\"sk-secret\"}}",
        "{\"id\":\"svc_1\",\"api_key\":{\"value\":\"\"}}",
        "{\"id\":\"svc_1\",\"api_key\":{\"value\":\"sk-secret\"}",
        "[\"sk-secret\"]"
      })
  void refusesAnAnswerWithoutOneAndRepeatsNothingOfIt(String text) {
    var failure =
        assertThrows(
            Failure.class, () -> MintedAnswer.read(Buffer.buffer(text), "api_key.value", "id"));

    assertEquals(Code.PROVIDER_FAILED, failure.code());
    assertFalse(failure.detail().contains("sk-secret"));
  }
}
