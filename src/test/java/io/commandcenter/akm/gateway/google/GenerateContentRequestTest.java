package io.commandcenter.akm.gateway.google;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.commandcenter.akm.core.chat.ChatRequest;
import io.commandcenter.akm.core.chat.OutputFormat;
import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.core.chat.Reasoning;
import io.commandcenter.akm.core.chat.Sampling;
import io.commandcenter.akm.core.chat.ToolChoice;
import io.commandcenter.akm.core.chat.Turn;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.commandcenter.akm.gateway.dialect.Refusals;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerateContentRequestTest {
  private static final GenerateContent DIALECT = new GenerateContent();
  private static final String HI = "'contents':[{'parts':[{'text':'Hi'}]}]";

  private static ChatRequest read(String body) {
    return DIALECT.request(Fields.of(new JsonObject(body.replace('\'', '"'))));
  }

  private static ChatRequest withConfig(String config) {
    return read("{" + HI + ",'generationConfig':{" + config + "}}");
  }

  private static Part onlyPart(String part) {
    var turns = read("{'contents':[{'role':'user','parts':[" + part + "]}]}").turns();
    assertEquals(1, turns.get(0).parts().size());
    return turns.get(0).parts().get(0);
  }

  @Test
  void readsTheSystemTextAndTurns() {
    var request =
        read(
            """
            {'systemInstruction':{'parts':[{'text':'Be brief.'}]},
             'contents':[{'role':'user','parts':[{'text':'Hi'}]},
                         {'role':'model','parts':[{'text':'Hello'}]},
                         {'parts':[{'text':'one'},{'text':''},{'text':'two'}]}]}""");
    assertEquals(
        List.of(
            Turn.of(Turn.Role.SYSTEM, "Be brief."),
            Turn.of(Turn.Role.USER, "Hi"),
            Turn.of(Turn.Role.ASSISTANT, "Hello"),
            new Turn(Turn.Role.USER, List.of(new Part.Text("one"), new Part.Text("two")))),
        request.turns());
  }

  @Test
  void takesSnakeCaseAndOneObjectForAnArrayOfOne() {
    var request =
        read(
            """
            {'system_instruction':{'parts':{'text':'Be brief.'}},'contents':{'parts':{'text':'Hi'}},
             'generation_config':{'max_output_tokens':9,'stop_sequences':['x']},
             'tools':{'function_declarations':[{'name':'f','parameters':{'type':'OBJECT',
               'properties':{'snake_name':{'type':'ARRAY','min_items':'1','items':{'type':'STRING'}}}}}]}}""");
    assertEquals("Be brief.", request.system());
    assertEquals(9, request.maxOutputTokens());
    assertEquals(List.of("x"), request.stop());
    assertEquals(
        Map.of(
            "type",
            "object",
            "properties",
            Map.of(
                "snake_name",
                Map.of("type", "array", "minItems", 1L, "items", Map.of("type", "string")))),
        request.tools().get(0).schema());
  }

  @Test
  void readsImagesDocumentsAndSound() {
    assertEquals(
        new Part.Image(new Part.Inline("image/png", "+/8="), null),
        onlyPart("{'inlineData':{'mimeType':'image/png','data':'-_8='}}"));
    assertEquals(
        new Part.Image(new Part.Url("https://x.test/a.jpg", "image/jpeg"), null),
        onlyPart("{'fileData':{'mimeType':'image/jpeg','fileUri':'https://x.test/a.jpg'}}"));
    assertEquals(
        new Part.Document(new Part.Inline("application/pdf", "AA=="), "a.pdf"),
        onlyPart(
            "{'inlineData':{'mimeType':'application/pdf','data':'AA==','displayName':'a.pdf'}}"));
    assertEquals(
        new Part.Audio("mp3", "AA=="),
        onlyPart("{'inlineData':{'mimeType':'audio/mpeg','data':'AA=='}}"));
  }

  @Test
  void looksAtImagesAtTheResolutionAskedFor() {
    var request =
        read(
            """
            {'contents':[{'parts':[{'inlineData':{'mimeType':'image/png','data':'AA=='}}]}],
             'generationConfig':{'mediaResolution':'MEDIA_RESOLUTION_LOW'}}""");
    assertEquals(
        List.of(new Part.Image(new Part.Inline("image/png", "AA=="), "low")),
        request.turns().get(0).parts());
  }

  @Test
  void readsCallsAndResultsByIdAndByNameAndOrder() {
    var turns =
        read("""
                {'contents':[{'role':'user','parts':[{'text':'Hi'}]},
                 {'role':'model','parts':[
                  {'functionCall':{'name':'f','args':{'a_b':1}},'thoughtSignature':'sig'},
                  {'functionCall':{'id':'x','name':'g'}},{'functionCall':{'name':'f','args':{}}}]},
                 {'role':'user','parts':[{'text':'go on'},
                  {'functionResponse':{'id':'x','name':'g','response':{'error':'no'}}},
                  {'functionResponse':{'name':'f','response':{'output':{'t_c':7}}}},
                  {'functionResponse':{'name':'f','response':{'t':8,'u':9}}}]}]}""")
            .turns();
    assertEquals(
        List.of(
            new Part.ToolCall("call_0", "f", "{\"a_b\":1}", "sig"),
            new Part.ToolCall("x", "g", "{}", null),
            new Part.ToolCall("call_1", "f", "{}", null)),
        turns.get(1).parts());
    assertEquals(
        List.of(
            new Part.ToolResult("x", "g", List.of(new Part.Text("no")), true),
            new Part.ToolResult("call_0", "f", List.of(new Part.Text("{\"t_c\":7}")), false),
            new Part.ToolResult("call_1", "f", List.of(new Part.Text("{\"t\":8,\"u\":9}")), false),
            new Part.Text("go on")),
        turns.get(2).parts());
  }

  @Test
  void readsThoughtsAsGooglesOwn() {
    var turns =
        read("""
                {'contents':[{'parts':[{'text':'Hi'}]},{'role':'model','parts':[
                 {'text':'Hm','thought':true,'thoughtSignature':'sig'},{'text':'Yes'},
                 {'thoughtSignature':'end'}]}]}""")
            .turns();
    assertEquals(
        List.of(new Part.Thinking("Hm", "sig", null, "google"), new Part.Text("Yes")),
        turns.get(1).parts());
  }

  @Test
  void readsToolsInBothKindsOfSchema() {
    var tools =
        read("{"
                + HI
                + """
                    ,'tools':[{'functionDeclarations':[
                     {'name':'f','description':'d','parameters':{'type':'OBJECT','nullable':true,
                       'propertyOrdering':['a'],'required':['a'],
                       'properties':{'a':{'type':'STRING','nullable':true,'enum':['x']},
                                     'b':{'anyOf':[{'type':'INTEGER'},{'type':'BOOLEAN'}]}}}},
                     {'name':'g','parametersJsonSchema':{'type':'object','additionalProperties':false}},
                     {'name':'h'}]}]}""")
            .tools();
    assertEquals(
        new JsonObject(
            """
            {"type":["object","null"],"required":["a"],"properties":{
             "a":{"type":["string","null"],"enum":["x",null]},
             "b":{"anyOf":[{"type":"integer"},{"type":"boolean"}]}}}"""),
        new JsonObject(tools.get(0).schema()));
    assertEquals("d", tools.get(0).description());
    assertEquals(Map.of("type", "object", "additionalProperties", false), tools.get(1).schema());
    assertEquals(Map.of("type", "object", "properties", Map.of()), tools.get(2).schema());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'mode':'AUTO'} | AUTO |",
        "{'mode':'NONE'} | NONE |",
        "{'mode':'ANY'} | REQUIRED |",
        "{'mode':'ANY','allowedFunctionNames':['f']} | REQUIRED | f"
      })
  void readsHowFreeTheModelIsToCallTools(String config, ToolChoice.Mode mode, String name) {
    var request =
        read(
            "{"
                + HI
                + ",'tools':[{'functionDeclarations':[{'name':'f'}]}],"
                + "'toolConfig':{'functionCallingConfig':"
                + config
                + "}}");
    assertEquals(
        new ToolChoice(mode, name == null ? List.of() : List.of(name), null), request.toolChoice());
  }

  @Test
  void readsSampling() {
    var request =
        withConfig(
            "'temperature':1,'topP':0.5,'topK':40.0,'presencePenalty':-1,'frequencyPenalty':2,"
                + "'seed':12345678901,'candidateCount':1,'responseModalities':['TEXT']");
    assertEquals(new Sampling(1.0, 0.5, 40, -1.0, 2.0, 12345678901L), request.sampling());
    assertNull(request.maxOutputTokens());
    assertNull(request.format());
    assertNull(request.reasoning());
  }

  @Test
  void readsTheFormatOfTheAnswer() {
    assertEquals(
        OutputFormat.ANY_OBJECT, withConfig("'responseMimeType':'application/json'").format());
    var schema = new OutputFormat(Map.of("type", "object"), null, null);
    assertEquals(
        schema,
        withConfig("'responseMimeType':'application/json','responseSchema':{'type':'OBJECT'}")
            .format());
    assertEquals(
        schema,
        withConfig("'responseMimeType':'application/json','responseJsonSchema':{'type':'object'}")
            .format());
    assertNull(withConfig("'responseMimeType':'text/plain'").format());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'thinkingBudget':0 | none | |",
        "'thinkingBudget':-1,'includeThoughts':true | | | true",
        "'thinkingBudget':2048 | | 2048 |",
        "'thinkingLevel':'LOW','includeThoughts':false | low | | false",
        "'thinkingLevel':'high' | high | |"
      })
  void readsHowMuchTheModelMayThink(String config, String effort, Integer budget, Boolean shown) {
    assertEquals(
        new Reasoning(effort, budget, shown),
        withConfig("'thinkingConfig':{" + config + "}").reasoning());
  }

  @Test
  void leavesOutWhatOnlyTunesGooglesFilterOrSortsABill() {
    assertEquals(
        read("{" + HI + "}"),
        read(
            "{"
                + HI
                + ",'safetySettings':[{'category':'HARM_CATEGORY_HARASSMENT','threshold':'OFF'}],"
                + "'labels':{'team':'a'},'store':false,'serviceTier':'standard'}"));
  }

  /**
   * Seen failing without the looks at a name given twice, at functions that are not declared and at
   * whole numbers.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "contents | {}",
        "contents | {'contents':'Hi'}",
        "contents[0].parts | {'contents':[{'role':'user'}]}",
        "contents[0].role | {'contents':[{'role':'system','parts':[{'text':'Hi'}]}]}",
        "contents[0].parts[0].text | {'contents':[{'parts':[{}]}]}",
        "contents[0].parts[0].inlineData | {'contents':[{'parts':[{'text':'a','inlineData':{}}]}]}",
        "contents[0].parts[0].executableCode | {'contents':[{'parts':[{'executableCode':{}}]}]}",
        "contents[0].parts[0].videoMetadata |"
            + " {'contents':[{'parts':[{'text':'a','video_metadata':{}}]}]}",
        "contents[0].parts[0].functionCall |"
            + " {'contents':[{'parts':[{'functionCall':{'name':'f'}}]}]}",
        "contents[0].parts[0].functionResponse.name |"
            + " {'contents':[{'parts':[{'functionResponse':{'name':'f','response':{}}}]}]}",
        "contents[0].parts[0].inlineData.mimeType |"
            + " {'contents':[{'parts':[{'inlineData':{'mimeType':'video/mp4','data':'AA=='}}]}]}",
        "contents[0].parts[0].fileData.fileUri |"
            + " {'contents':[{'parts':[{'fileData':{'mimeType':'image/png','fileUri':'gs://b/a'}}]}]}",
        "contents[0].parts[0].fileData.fileUri | {'contents':[{'parts':[{'fileData':{'mimeType':"
            + "'image/png','fileUri':'https://generativelanguage.googleapis.com/v1beta/files/a'}}]}]}",
        "systemInstruction.parts[0].inlineData |"
            + " {'systemInstruction':{'parts':[{'inlineData':{}}]},'contents':[]}",
        "cachedContent | {HI,'cachedContent':'cachedContents/a'}",
        "store | {HI,'store':true}",
        "serviceTier | {HI,'serviceTier':'flex'}",
        "system | {HI,'system':'a'}",
        "? | {HI,'AIza0123':'a'}",
        "generationConfig | {HI,'generationConfig':{},'generation_config':{}}",
        "tools[0].googleSearch | {HI,'tools':[{'google_search':{}}]}",
        "tools[0].codeExecution | {HI,'tools':[{'codeExecution':{}}]}",
        "tools[0].urlContext | {HI,'tools':[{'urlContext':{}}]}",
        "tools[0].functionDeclarations[0].behavior |"
            + " {HI,'tools':[{'functionDeclarations':[{'name':'f','behavior':'NON_BLOCKING'}]}]}",
        "tools[0].functionDeclarations[0].parameters | {HI,'tools':[{'functionDeclarations':"
            + "[{'name':'f','parameters':{},'parametersJsonSchema':{}}]}]}",
        "toolConfig.functionCallingConfig.mode |"
            + " {HI,'toolConfig':{'functionCallingConfig':{'mode':'VALIDATED'}}}",
        "toolConfig.functionCallingConfig.allowedFunctionNames | {HI,TOOLS,'toolConfig':"
            + "{'functionCallingConfig':{'mode':'ANY','allowedFunctionNames':['g']}}}",
        "toolConfig.functionCallingConfig.allowedFunctionNames | {HI,TOOLS,'toolConfig':"
            + "{'functionCallingConfig':{'mode':'AUTO','allowedFunctionNames':['f']}}}",
        "toolConfig.functionCallingConfig.mode |"
            + " {HI,'toolConfig':{'functionCallingConfig':{'mode':'ANY'}}}",
        "generationConfig.stopSequences | {HI,'generationConfig':{'stopSequences':['']}}",
        "toolConfig.retrievalConfig | {HI,'toolConfig':{'retrievalConfig':{}}}",
        "generationConfig.candidateCount | {HI,'generationConfig':{'candidateCount':2}}",
        "generationConfig.responseModalities |"
            + " {HI,'generationConfig':{'responseModalities':['TEXT','IMAGE']}}",
        "generationConfig.responseLogprobs | {HI,'generationConfig':{'responseLogprobs':true}}",
        "generationConfig.logprobs | {HI,'generationConfig':{'logprobs':3}}",
        "generationConfig.speechConfig | {HI,'generationConfig':{'speechConfig':{}}}",
        "generationConfig.temperature | {HI,'generationConfig':{'temperature':3}}",
        "generationConfig.topK | {HI,'generationConfig':{'topK':1.5}}",
        "generationConfig.maxOutputTokens | {HI,'generationConfig':{'maxOutputTokens':0}}",
        "generationConfig.responseMimeType |"
            + " {HI,'generationConfig':{'responseMimeType':'text/x.enum'}}",
        "generationConfig.responseMimeType | {HI,'generationConfig':{'responseSchema':{}}}",
        "generationConfig.thinkingConfig.thinkingLevel |"
            + " {HI,'generationConfig':{'thinkingConfig':{'thinkingLevel':'LOTS'}}}",
        "generationConfig.thinkingConfig.thinkingBudget | {HI,'generationConfig':"
            + "{'thinkingConfig':{'thinkingLevel':'LOW','thinkingBudget':1}}}"
      })
  void refusesByNameWhatCannotBeExpressed(String field, String body) {
    var tools = "'tools':[{'functionDeclarations':[{'name':'f'}]}]";
    var json = body.replace("HI", HI).replace("TOOLS", tools).replace('\'', '"');
    Refusals.refuses(DIALECT::request, field, json);
  }
}
