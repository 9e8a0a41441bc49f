package io.commandcenter.akm.mcp.tools;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.commandcenter.akm.contract.Failure;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaCheckTest {
  private static final Schema SCHEMA =
      Schema.object("Everything.")
          .required("name", Schema.string("A name.").atMost(5))
          .optional("kind", Schema.string("A kind.").oneOf("a", "b"))
          .optional("count", Schema.integer("A count.").between(1, 10))
          .optional("share", Schema.number("A share."))
          .optional("on", Schema.bool("A switch."))
          .optional("list", Schema.array("A list.", Schema.string("One.")).atMostItems(2))
          .optional("inner", Schema.object("Inner.").required("x", Schema.integer("X.")));

  private static void check(String json) {
    SchemaCheck.check(SCHEMA, new JsonObject(json).getMap());
  }

  @Test
  void takesWhatFits() {
    assertDoesNotThrow(
        () ->
            check(
                "{'name':'abc','kind':'a','count':10,'share':1e3,'on':true,'list':['x'],'inner':{'x':1.0},'count':null}"
                    .replace('\'', '"')));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{}|`name` is required",
        "{'name':null}|`name` is required",
        "{'name':7}|`name` must be a string",
        "{'name':'abcdef'}|`name` has more than 5 characters; send less",
        "{'name':'a','kind':'c'}|`kind` must be one of a, b",
        "{'name':'a','count':'7'}|`count` must be a number",
        "{'name':'a','count':1.5}|`count` must be a whole number",
        "{'name':'a','count':11}|`count` must be between 1 and 10",
        "{'name':'a','count':0}|`count` must be between 1 and 10",
        "{'name':'a','share':1e999}|`share` is too large a number",
        "{'name':'a','on':'yes'}|`on` must be true or false",
        "{'name':'a','list':'x'}|`list` must be an array",
        "{'name':'a','list':['x','y','z']}|`list` has more than 2 elements; send less",
        "{'name':'a','list':['x',7]}|`list[1]` must be a string",
        "{'name':'a','list':[null]}|`list[0]` must be a string",
        "{'name':'a','inner':7}|`inner` must be an object",
        "{'name':'a','inner':{}}|`inner.x` is required",
        "{'name':'a','inner':{'x':1,'y':2}}|unknown argument `inner.y`; known are x",
      })
  void namesWhatDoesNotFit(String json, String detail) {
    var failure = assertThrows(Failure.class, () -> check(json.replace('\'', '"')));
    assertEquals(detail, failure.detail());
  }

  @Test
  void doesNotRepeatAStrangeName() {
    var failure =
        assertThrows(
            Failure.class, () -> SchemaCheck.check(SCHEMA, Map.of("<b>\n" + "x".repeat(99), 1)));
    assertEquals(
        "unknown argument; known are name, kind, count, share, on, list, inner", failure.detail());
  }
}
