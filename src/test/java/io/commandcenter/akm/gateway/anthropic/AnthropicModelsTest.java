package io.commandcenter.akm.gateway.anthropic;

import static io.commandcenter.akm.testkit.Dialects.assertRefuses;
import static io.commandcenter.akm.testkit.Dialects.body;
import static io.commandcenter.akm.testkit.Dialects.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.commandcenter.akm.gateway.dialect.ListedModel;
import io.commandcenter.akm.gateway.openai.OpenAiModels;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnthropicModelsTest {
  private static final List<ListedModel> MODELS =
      IntStream.range(0, 30).mapToObj(i -> new ListedModel("m" + i, "p")).toList();

  @Test
  void listsTheFirstPageUnlessToldOtherwise() {
    var page = page(null, null, null);
    assertEquals(20, page.getJsonArray("data").size());
    assertEquals("m0", page.getString("first_id"));
    assertEquals("m19", page.getString("last_id"));
    assertEquals(true, page.getBoolean("has_more"));
  }

  @Test
  void goesOnBehindAModelAndBeforeOne() {
    assertEquals(ids(20, 30), ids(page(null, "m19", null)));
    assertEquals(false, page(null, "m19", null).getBoolean("has_more"));
    assertEquals(ids(7, 10), ids(page("3", null, "m10")));
    assertEquals(true, page("3", null, "m10").getBoolean("has_more"));
    assertEquals(ids(0, 3), ids(page("5", null, "m3")));
    assertEquals(false, page("5", null, "m3").getBoolean("has_more"));
    var behindAll = page(null, "m29", null);
    assertEquals(new JsonArray(), behindAll.getJsonArray("data"));
    assertNull(behindAll.getString("first_id"));
  }

  /** Seen failing with the bound of limit taken out. */
  @Test
  void refusesByName() {
    for (var limit : List.of("0", "1001", "-1", "x", "99999999999")) {
      assertRefuses("limit", () -> page(limit, null, null));
    }
    assertRefuses("after_id", () -> page(null, "other", null));
    assertRefuses("before_id", () -> page(null, null, "other"));
    assertRefuses("before_id", () -> page(null, "m1", "m2"));
  }

  @Test
  void shapesAModelForEachVendor() {
    var model = new ListedModel("far/model-x", "far");
    assertEquals(
        json(
            "{'type':'model','id':'far/model-x','display_name':'far/model-x',"
                + "'created_at':'1970-01-01T00:00:00Z','lifecycle':'active','deprecated_at':null,"
                + "'retires_at':null,'line':null,'max_input_tokens':null,'max_tokens':null,'capabilities':null}"),
        AnthropicModels.one(model).toJsonObject());
    var shaped = "{'id':'far/model-x','object':'model','created':0,'owned_by':'far'}";
    assertEquals(json(shaped), OpenAiModels.one(model).toJsonObject());
    assertEquals(
        json("{'object':'list','data':[" + shaped + "]}"),
        OpenAiModels.list(List.of(model)).toJsonObject());
  }

  @Test
  void countsTheTokensOfAMessageWithoutALimit() {
    var read =
        new CountTokens().request(body("{'model':'m','messages':[{'role':'user','content':'x'}]}"));
    assertEquals(1, read.turns().size());
    assertNull(read.maxOutputTokens());
    assertEquals(json("{'input_tokens':17}"), new CountTokens().answer(17).toJsonObject());
    assertRefuses("messages", () -> new CountTokens().request(body("{'model':'m'}")));
  }

  private static List<String> ids(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "m" + i).toList();
  }

  private static List<String> ids(JsonObject page) {
    return page.getJsonArray("data").stream()
        .map(model -> ((JsonObject) model).getString("id"))
        .toList();
  }

  private static JsonObject page(String limit, String afterId, String beforeId) {
    return AnthropicModels.page(MODELS, limit, afterId, beforeId).toJsonObject();
  }
}
