package io.commandcenter.akm.simulator;

import static io.commandcenter.akm.testkit.TestVertx.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.testkit.TestVertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tools, images, JSON, thinking, refusals and counts, in the four formats. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulatedAnswersTest {
  private static final String CHAT = "/v1/chat/completions";
  private static final String GENERATE = "/v1beta/models/m:generateContent";
  private static final String SCHEMA =
      "{'type':'object','properties':{'city':{'type':'string'},'unit':{'type':'string','enum':['celsius']},'days':{'type':'integer'}},'required':['city','unit','days']}";
  private static final String ARGUMENTS = "{\"city\":\"Berlin\",\"unit\":\"celsius\",\"days\":1}";

  private final TestVertx test = new TestVertx();
  private Simulator simulator;
  private SimulatorCaller caller;

  @BeforeAll
  void start() {
    simulator = await(Simulator.start(test.vertx()));
    caller = new SimulatorCaller(test.vertx(), simulator);
  }

  @AfterAll
  void stop() {
    await(simulator.close());
    test.close();
  }

  private JsonObject openai(String messages, String more) {
    return caller
        .json("openai", CHAT, "{'model':'m','messages':[" + messages + "]" + more + "}")
        .getJsonArray("choices")
        .getJsonObject(0);
  }

  private JsonArray anthropic(String messages, String more) {
    var body = "{'model':'m','max_tokens':500,'messages':[" + messages + "]" + more + "}";
    return caller.json("anthropic", "/v1/messages", body).getJsonArray("content");
  }

  private JsonArray google(String contents, String more) {
    return caller
        .json("google", GENERATE, "{'contents':[" + contents + "]" + more + "}")
        .getJsonArray("candidates")
        .getJsonObject(0)
        .getJsonObject("content")
        .getJsonArray("parts");
  }

  private JsonObject ollama(String messages, String more) {
    var body = "{'model':'m','stream':false,'messages':[" + messages + "]" + more + "}";
    return caller.json("ollama", "/api/chat", body).getJsonObject("message");
  }

  private static final String FUNCTIONS =
      ",'tools':[{'type':'function','function':{'name':'get_weather','parameters':"
          + SCHEMA
          + "}}]";

  @Test
  void callsOpenAisTool() {
    var choice = openai("{'role':'user','content':'The weather in Berlin?'}", FUNCTIONS);
    assertEquals("tool_calls", choice.getString("finish_reason"));
    var call = choice.getJsonObject("message").getJsonArray("tool_calls").getJsonObject(0);
    assertEquals("get_weather", call.getJsonObject("function").getString("name"));
    assertEquals(ARGUMENTS, call.getJsonObject("function").getString("arguments"));
  }

  @Test
  void callsTwoToolsForBothAndOneIfOnlyOneMayBe() {
    var both = "{'role':'user','content':'The weather in both Rome and Berlin'}";
    var calls = openai(both, FUNCTIONS).getJsonObject("message").getJsonArray("tool_calls");
    assertEquals(2, calls.size());
    var one = openai(both, FUNCTIONS + ",'parallel_tool_calls':false");
    assertEquals(1, one.getJsonObject("message").getJsonArray("tool_calls").size());
  }

  @Test
  void callsAToolWhenItIsForcedAndNoneWhenItMayNot() {
    var hello = "{'role':'user','content':'Hello'}";
    var forced = ",'tool_choice':{'type':'function','function':{'name':'get_weather'}}";
    assertEquals("tool_calls", openai(hello, FUNCTIONS + forced).getString("finish_reason"));
    var weather = "{'role':'user','content':'weather'}";
    assertEquals(
        "stop", openai(weather, FUNCTIONS + ",'tool_choice':'none'").getString("finish_reason"));
    assertEquals("stop", openai(hello, FUNCTIONS).getString("finish_reason"));
  }

  @Test
  void callsTheOthersToolsAndRepeatsTheResult() {
    var tools = ",'tools':[{'name':'get_weather','input_schema':" + SCHEMA + "}]";
    var asked = "{'role':'user','content':'The weather in Berlin?'}";
    var use = anthropic(asked, tools).getJsonObject(0);
    assertEquals(ARGUMENTS, use.getJsonObject("input").encode());
    var turns = new JsonArray().add(use).encode().replace('"', '\'');
    var result =
        "{'role':'user','content':[{'type':'tool_result','tool_use_id':'"
            + use.getString("id")
            + "','content':'21 degrees'}]}";
    var said = anthropic(asked + ",{'role':'assistant','content':" + turns + "}," + result, tools);
    assertEquals(
        "[anthropic/m] The tool says: 21 degrees", said.getJsonObject(0).getString("text"));
  }

  @Test
  void callsGooglesAndOllamasToolsWithObjects() {
    var declared =
        ",'tools':[{'functionDeclarations':[{'name':'get_weather','parametersJsonSchema':"
            + SCHEMA
            + "}]}]";
    var part = google("{'parts':[{'text':'The weather in Berlin'}]}", declared).getJsonObject(0);
    assertEquals(ARGUMENTS, part.getJsonObject("functionCall").getJsonObject("args").encode());
    var call =
        ollama("{'role':'user','content':'The weather in Berlin'}", FUNCTIONS)
            .getJsonArray("tool_calls")
            .getJsonObject(0);
    assertEquals(ARGUMENTS, call.getJsonObject("function").getJsonObject("arguments").encode());
  }

  @Test
  void seesImagesAndDocuments() {
    var openai =
        openai(
            "{'role':'user','content':[{'type':'text','text':'x'},{'type':'image_url','image_url':{'url':'data:image/png;base64,AA=='}},{'type':'file','file':{'file_data':'AA=='}}]}",
            "");
    assertTrue(
        openai
            .getJsonObject("message")
            .getString("content")
            .contains("saw 1 image and 1 document"));
    var google =
        google(
            "{'parts':[{'inlineData':{'mimeType':'image/png','data':'AA=='}},{'inlineData':{'mimeType':'image/png','data':'AA=='}},{'text':'x'}]}",
            "");
    assertTrue(google.getJsonObject(0).getString("text").contains("saw 2 images"));
    assertTrue(
        ollama("{'role':'user','content':'x','images':['AA==']}", "")
            .getString("content")
            .contains("saw 1 image"));
    var block =
        "{'type':'image','source':{'type':'base64','media_type':'image/png','data':'AA=='}}";
    assertTrue(
        anthropic("{'role':'user','content':[" + block + ",{'type':'text','text':'x'}]}", "")
            .getJsonObject(0)
            .getString("text")
            .contains("saw 1 image"));
  }

  @Test
  void answersJsonThatFitsTheSchema() {
    var user = "{'role':'user','content':'about Berlin'}";
    var format =
        ",'response_format':{'type':'json_schema','json_schema':{'name':'n','schema':"
            + SCHEMA
            + "}}";
    assertEquals(ARGUMENTS, openai(user, format).getJsonObject("message").getString("content"));
    assertEquals(
        ARGUMENTS,
        anthropic(
                user, ",'output_config':{'format':{'type':'json_schema','schema':" + SCHEMA + "}}")
            .getJsonObject(0)
            .getString("text"));
    assertEquals(
        ARGUMENTS,
        google(
                "{'parts':[{'text':'about Berlin'}]}",
                ",'generationConfig':{'responseMimeType':'application/json','responseJsonSchema':"
                    + SCHEMA
                    + "}")
            .getJsonObject(0)
            .getString("text"));
    assertEquals(ARGUMENTS, ollama(user, ",'format':" + SCHEMA).getString("content"));
  }

  @Test
  void thinksWhenAsked() {
    var user = "{'role':'user','content':'Hi'}";
    var blocks = anthropic(user, ",'thinking':{'type':'adaptive'}");
    assertEquals("thinking", blocks.getJsonObject(0).getString("type"));
    assertTrue(ollama(user, ",'think':true").containsKey("thinking"));
    var thinks = ",'generationConfig':{'thinkingConfig':{'includeThoughts':true}}";
    assertTrue(google("{'parts':[{'text':'Hi'}]}", thinks).getJsonObject(0).getBoolean("thought"));
  }

  @Test
  void refusesWhenToldTo() {
    var user = "{'role':'user','content':'please refuse'}";
    assertTrue(openai(user, "").getJsonObject("message").getString("refusal").contains("sorry"));
    var body = "{'model':'m','max_tokens':9,'messages':[" + user + "]}";
    assertEquals(
        "refusal", caller.json("anthropic", "/v1/messages", body).getString("stop_reason"));
  }

  @Test
  void countsTokensForNothing() {
    var user = "{'messages':[{'role':'user','content':'12345678'}],'model':'m'}";
    assertEquals(
        2, caller.json("anthropic", "/v1/messages/count_tokens", user).getInteger("input_tokens"));
    var contents = "{'contents':[{'parts':[{'text':'12345678'}]}]}";
    assertEquals(
        2,
        caller.json("google", "/v1beta/models/m:countTokens", contents).getInteger("totalTokens"));
  }

  @ParameterizedTest
  @CsvSource({"4, float", "16, base64"})
  void embedsWithAsManyDimensionsAsAsked(int dimensions, String format) {
    var body =
        "{'model':'m','input':['a'],'dimensions':"
            + dimensions
            + ",'encoding_format':'"
            + format
            + "'}";
    var vector =
        caller.json("openai", "/v1/embeddings", body).getJsonArray("data").getJsonObject(0);
    int size =
        format.equals("float")
            ? vector.getJsonArray("embedding").size()
            : java.util.Base64.getDecoder().decode(vector.getString("embedding")).length / 4;
    assertEquals(dimensions, size);
  }

  @Test
  void stopsAtAStopText() {
    var user = "{'role':'user','content':'one END two'}";
    assertEquals(
        "[anthropic/m] You said: one ",
        anthropic(user, ",'stop_sequences':['END']").getJsonObject(0).getString("text"));
  }

  @Test
  void answersAResponseWithACall() {
    var body =
        "{'model':'m','input':'The weather in Berlin','tools':[{'type':'function','name':'get_weather','parameters':"
            + SCHEMA
            + "}]}";
    var item = caller.json("openai", "/v1/responses", body).getJsonArray("output").getJsonObject(0);
    assertEquals("function_call", item.getString("type"));
    assertEquals(ARGUMENTS, item.getString("arguments"));
  }
}
