package io.commandcenter.akm.gateway.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;

/** Bodies that a dialect must refuse by the name of a field. */
public final class Refusals {
  private Refusals() {}

  public static void refuses(Function<Fields, ?> reading, String field, String body) {
    var fields = Fields.of(new JsonObject(body));
    var failure = assertThrows(Failure.class, () -> reading.apply(fields), body);
    assertEquals(Code.BAD_REQUEST, failure.code());
    assertEquals(field, failure.context().get(Fields.PARAM), failure.detail());
    assertTrue(failure.detail().length() > 10);
  }
}
