package io.commandcenter.akm.gateway.openai;

import static io.commandcenter.akm.testkit.Dialects.assertRefuses;
import static io.commandcenter.akm.testkit.Dialects.body;
import static io.commandcenter.akm.testkit.Dialects.given;
import static io.commandcenter.akm.testkit.Dialects.json;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.commandcenter.akm.core.chat.EmbedRequest;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.exchange.Served;
import io.commandcenter.akm.gateway.dialect.Given;
import io.commandcenter.akm.testkit.Dialects;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddingsTest {
  private static final List<List<Double>> VECTORS = List.of(List.of(1.0, -0.5), List.of(0.25, 0.0));

  @Test
  void readsOneTextOrMany() {
    assertEquals(new EmbedRequest(List.of("a"), null), read("{'model':'m','input':'a'}"));
    assertEquals(
        new EmbedRequest(List.of("a", "b"), 256),
        read(
            "{'model':'m','input':['a','b'],'dimensions':256,'encoding_format':'base64','user':'u'}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "input | 'model':'m'",
        "input | 'input':[]",
        "input | 'input':''",
        "input | 'input':['a','']",
        "input | 'input':[1,2,3]",
        "input | 'input':[[1,2],[3]]",
        "input | 'input':['a',1]",
        "input | 'input':{}",
        "encoding_format | 'input':'a','encoding_format':'int8'",
        "dimensions | 'input':'a','dimensions':0",
        "input_type | 'input':'a','input_type':'query'",
      })
  void refusesByName(String field, String fields) {
    assertRefuses(field, () -> read("{" + fields + "}"));
  }

  @Test
  void boundsTheInputs() {
    assertRefuses("input", () -> read("{'input':['a'" + ",'a'".repeat(2048) + "]}"));
  }

  @Test
  void answersNumbers() {
    assertEquals(
        json(
            "{'object':'list','data':[{'object':'embedding','index':0,'embedding':[1.0,-0.5]},"
                + "{'object':'embedding','index':1,'embedding':[0.25,0.0]}],'model':'model-x',"
                + "'usage':{'prompt_tokens':0,'total_tokens':0}}"),
        new Embeddings().answer(VECTORS, given("{}")).toJsonObject());
  }

  @Test
  void answersLittleEndianFloatsWithTheUsage() {
    var plain = given("{'encoding_format':'base64'}");
    var by = plain.served();
    var served =
        new Served(
            by.requestId(),
            by.decisionId(),
            by.provider(),
            by.model(),
            1,
            false,
            TokenUsage.of(7, 0),
            0L,
            by.headers());
    var given = new Given(served, plain.model(), plain.asked(), Dialects.NOW);
    var answer = new Embeddings().answer(VECTORS, given).toJsonObject();
    assertEquals(
        "AACAPwAAAL8=", answer.getJsonArray("data").getJsonObject(0).getString("embedding"));
    assertEquals(7, answer.getJsonObject("usage").getInteger("prompt_tokens"));
  }

  private static EmbedRequest read(String json) {
    return new Embeddings().request(body(json));
  }
}
