package io.commandcenter.akm.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.commandcenter.akm.gateway.google.BatchEmbedContents;
import io.commandcenter.akm.gateway.google.CountTokens;
import io.commandcenter.akm.gateway.google.GenerateContent;
import io.commandcenter.akm.gateway.ollama.Chat;
import io.commandcenter.akm.gateway.ollama.Embed;
import io.commandcenter.akm.gateway.ollama.Generate;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a caller sends is read or refused by name; nothing else comes out. Seen failing without
 * the bounds of whole numbers.
 */
class DialectFuzzTest {
  private static final int ROUNDS = Boolean.getBoolean("akm.soak") ? 40_000 : 4_000;
  private static final List<Object> STRAY =
      List.of(
          "",
          "x",
          0,
          -1,
          1.5,
          1e300,
          Long.MAX_VALUE,
          true,
          new JsonArray(),
          new JsonObject(),
          new JsonArray().add(new JsonObject()),
          new JsonArray().add("x").addNull(),
          "AUTO");

  private static Arguments dialect(String name, Function<Fields, Object> reading, String body) {
    return Arguments.of(name, reading, body);
  }

  static Stream<Arguments> dialects() {
    var generate =
        """
        {"systemInstruction":{"parts":[{"text":"s"}]},"contents":[
          {"role":"user","parts":[{"text":"a"},{"inlineData":{"mimeType":"image/png","data":"AA"}}]},
          {"role":"model","parts":[{"text":"t","thought":true},{"functionCall":{"id":"i","name":"f",
            "args":{"a":1}},"thoughtSignature":"s"}]},
          {"role":"user","parts":[{"functionResponse":{"id":"i","name":"f","response":{"output":1}}},
            {"fileData":{"mimeType":"application/pdf","fileUri":"https://x.test/a"}}]}],
         "tools":[{"functionDeclarations":[{"name":"f","description":"d","parameters":{"type":"OBJECT",
            "nullable":true,"properties":{"a":{"type":"STRING","enum":["x"],"minLength":"1"}}}}]}],
         "tool_config":{"functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["f"]}},
         "generationConfig":{"temperature":1,"topP":0.5,"topK":4,"candidateCount":1,"seed":1,
           "maxOutputTokens":9,"stopSequences":["x"],"responseMimeType":"application/json",
           "responseSchema":{"type":"OBJECT"},"responseModalities":["TEXT"],
           "thinkingConfig":{"includeThoughts":true,"thinkingBudget":100}},
         "safetySettings":[]}""";
    var chat =
        """
        {"model":"m","messages":[{"role":"system","content":"s"},
          {"role":"user","content":"a","images":["/9j/AA=="]},
          {"role":"assistant","content":"","thinking":"t","tool_calls":[{"id":"i","function":
            {"index":0,"name":"f","arguments":{"a":1}}}]},
          {"role":"tool","tool_name":"f","tool_call_id":"i","content":"7"}],
         "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}],
         "format":{"type":"object"},"think":"low","keep_alive":"5m","options":{"temperature":1,
           "num_predict":9,"top_k":4,"top_p":0.5,"seed":1,"stop":["x"],"repeat_penalty":1.1}}""";
    var prompt =
        """
        {"model":"m","prompt":"p","system":"s","images":["/9j/"],"suffix":"","raw":false,
         "context":[],"template":"","format":"json","think":true,"options":{"num_predict":9}}""";
    var batch =
        """
        {"requests":[{"model":"models/m","content":{"parts":[{"text":"a"}]},"taskType":"x",
          "outputDimensionality":3},{"model":"models/m","content":{"parts":[{"text":"b"}]},
          "output_dimensionality":3}]}""";
    return Stream.of(
        dialect("generateContent", new GenerateContent()::request, generate),
        dialect(
            "countTokens",
            new CountTokens()::request,
            "{\"generateContentRequest\":" + generate + "}"),
        dialect("batchEmbedContents", new BatchEmbedContents()::request, batch),
        dialect("chat", new Chat()::request, chat),
        dialect("generate", new Generate()::request, prompt),
        dialect(
            "embed", new Embed()::request, "{\"model\":\"m\",\"input\":[\"a\"],\"dimensions\":3}"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dialects")
  void readsOrRefusesByNameWhateverComes(
      String name, Function<Fields, Object> reading, String body) {
    reading.apply(Fields.of(new JsonObject(body)));
    var random = new Random(20_261_125);
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      var json = new JsonObject(body);
      for (int change = random.nextInt(3); change >= 0; change--) {
        spoil(json, random);
      }
      try {
        assertNotNull(reading.apply(Fields.of(new JsonObject(json.encode()))));
      } catch (Failure failure) {
        refused++;
        assertEquals(Code.BAD_REQUEST, failure.code(), json::encode);
        assertNotNull(failure.context().get(Fields.PARAM), json::encode);
        assertFalse(failure.detail().isBlank());
      } catch (RuntimeException e) {
        throw new AssertionError("round " + round + ": " + json.encode(), e);
      }
    }
    assertTrue(refused > ROUNDS / 10 && refused < ROUNDS, name + " refused " + refused);
  }

  /** Changes one member anywhere: away, renamed, or of another type or value. */
  private static void spoil(JsonObject json, Random random) {
    var places = new ArrayList<Object>();
    collect(json, places);
    var place = places.get(random.nextInt(places.size()));
    var stray = copy(STRAY.get(random.nextInt(STRAY.size())));
    if (place instanceof JsonArray array) {
      if (array.isEmpty() || random.nextInt(3) == 0) {
        array.add(stray);
      } else {
        array.set(random.nextInt(array.size()), stray);
      }
      return;
    }
    var object = (JsonObject) place;
    var names = List.copyOf(object.fieldNames());
    if (names.isEmpty() || random.nextInt(8) == 0) {
      object.put(random.nextBoolean() ? "unknownName" : "text", stray);
      return;
    }
    var victim = names.get(random.nextInt(names.size()));
    if (random.nextInt(4) == 0) {
      object.remove(victim);
    } else {
      object.put(victim, stray);
    }
  }

  private static Object copy(Object value) {
    return value instanceof JsonObject object
        ? object.copy()
        : value instanceof JsonArray array ? array.copy() : value;
  }

  private static void collect(Object value, List<Object> places) {
    if (value instanceof JsonObject object) {
      places.add(object);
      object.forEach(member -> collect(member.getValue(), places));
    } else if (value instanceof JsonArray array) {
      places.add(array);
      array.forEach(element -> collect(element, places));
    }
  }
}
