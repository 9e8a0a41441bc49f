package io.commandcenter.akm.gateway.google;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.EmbedRequest;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.commandcenter.akm.gateway.dialect.Givens;
import io.commandcenter.akm.gateway.dialect.Refusals;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GoogleCallsTest {
  private static Fields body(String json) {
    return Fields.of(new JsonObject(json.replace('\'', '"')));
  }

  @Test
  void embedsOneText() {
    assertEquals(
        new EmbedRequest(List.of("one\ntwo"), 256),
        new EmbedContent()
            .request(
                body(
                    "{'content':{'parts':[{'text':'one'},{'text':'two'}]},'task_type':"
                        + "'RETRIEVAL_QUERY','title':'t','outputDimensionality':256}")));
    assertEquals(
        "{\"embedding\":{\"values\":[0.5,-1.0]}}",
        new EmbedContent().answer(List.of(List.of(0.5, -1.0)), Givens.of("{}")).toString());
  }

  @Test
  void embedsSeveralTexts() {
    assertEquals(
        new EmbedRequest(List.of("one", "two"), null),
        new BatchEmbedContents()
            .request(
                body(
                    """
                    {'requests':[{'model':'models/m','content':{'parts':[{'text':'one'}]}},
                     {'model':'models/m','content':{'parts':[{'text':'two'}]}}]}""")));
    assertEquals(
        "{\"embeddings\":[{\"values\":[0.5]},{\"values\":[1.0]}],"
            + "\"usageMetadata\":{\"promptTokenCount\":4}}",
        new BatchEmbedContents()
            .answer(
                List.of(List.of(0.5), List.of(1.0)), Givens.of("{}", false, TokenUsage.of(4, 0)))
            .toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "requests | {}",
        "requests[0].content | {'requests':[{}]}",
        "requests[0].content.parts | {'requests':[{'content':{'parts':[]}}]}",
        "requests[0].content.parts[0].inlineData |"
            + " {'requests':[{'content':{'parts':[{'inlineData':{}}]}}]}",
        "requests[1].model | {'requests':[{'content':{'parts':[{'text':'a'}]}},"
            + "{'model':'models/m','content':{'parts':[{'text':'b'}]}}]}",
        "requests[1].outputDimensionality | {'requests':[{'content':{'parts':[{'text':'a'}]}},"
            + "{'outputDimensionality':3,'content':{'parts':[{'text':'b'}]}}]}",
        "requests[0].outputDimensionality |"
            + " {'requests':[{'outputDimensionality':0,'content':{'parts':[{'text':'b'}]}}]}"
      })
  void refusesByNameWhatCannotBeEmbedded(String field, String json) {
    Refusals.refuses(new BatchEmbedContents()::request, field, json.replace('\'', '"'));
  }

  @Test
  void countsContentsOrAWholeRequest() {
    var count = new CountTokens();
    var contents = "'contents':[{'parts':[{'text':'Hi'}]}]";
    assertEquals("Hi", count.request(body("{" + contents + "}")).turns().get(0).text());
    assertEquals(
        "Be brief.",
        count
            .request(
                body(
                    "{'generateContentRequest':{'model':'models/m',"
                        + contents
                        + ",'systemInstruction':{'parts':[{'text':'Be brief.'}]}}}"))
            .system());
    Refusals.refuses(
        count::request,
        "contents",
        ("{'generateContentRequest':{}," + contents + "}").replace('\'', '"'));
    assertEquals("{\"totalTokens\":7}", count.answer(7).toString());
  }

  @Test
  void listsModelsPageByPage() {
    var names = List.of("auto", "a/b", "c");
    var first = GoogleModels.page(names, "2", null);
    assertEquals("models/a/b", first.getJsonArray("models").getJsonObject(1).getString("name"));
    assertEquals("2", first.getString("nextPageToken"));
    var second = GoogleModels.page(names, "2", "2");
    assertEquals(1, second.getJsonArray("models").size());
    assertNull(second.getString("nextPageToken"));
    assertEquals(3, GoogleModels.page(names, null, "").getJsonArray("models").size());
    assertEquals(0, GoogleModels.page(names, "0", "99").getJsonArray("models").size());
    var failure = assertThrows(Failure.class, () -> GoogleModels.page(names, "x", null));
    assertEquals("pageSize", failure.context().get(Fields.PARAM));
  }

  @ParameterizedTest
  @EnumSource(Code.class)
  void shapesEveryFailureAsGoogleDoes(Code code) {
    var error =
        GoogleErrors.of(new Failure(code, "Wrong."), "req-1").toJsonObject().getJsonObject("error");
    assertEquals(code.httpStatus(), error.getInteger("code"));
    assertEquals("Wrong. (request req-1)", error.getString("message"));
    assertEquals(
        true,
        error.getString("status").equals("INVALID_ARGUMENT")
            == List.of(400, 413, 415, 422).contains(code.httpStatus()));
  }

  @Test
  void tellsHowLongToWaitAndWhichFieldIsWrong() {
    var limited = new Failure(Code.RATE_LIMITED, "Wait.").with(Failure.RETRY_AFTER_MS, 1_500L);
    assertEquals(
        new JsonObject(
            """
            {"error":{"code":429,"message":"Wait. (request r)","status":"RESOURCE_EXHAUSTED",
             "details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"1.5s"}]}}"""),
        GoogleErrors.of(limited, "r").toJsonObject());
    var wrong = Failure.badRequest("No.").with(Fields.PARAM, "contents");
    assertEquals(
        new JsonObject(
            """
            {"error":{"code":400,"message":"No. (request r)","status":"INVALID_ARGUMENT",
             "details":[{"@type":"type.googleapis.com/google.rpc.BadRequest",
              "fieldViolations":[{"field":"contents","description":"No."}]}]}}"""),
        new GenerateContent().error(wrong, "r").toJsonObject());
  }
}
