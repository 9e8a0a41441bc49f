package io.commandcenter.akm.gateway.ollama;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.commandcenter.akm.core.chat.ChatRequest;
import io.commandcenter.akm.core.chat.OutputFormat;
import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.core.chat.Reasoning;
import io.commandcenter.akm.core.chat.Sampling;
import io.commandcenter.akm.core.chat.Turn;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.commandcenter.akm.gateway.dialect.Refusals;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatRequestTest {
  private static final String HI = "'messages':[{'role':'user','content':'Hi'}]";

  private static ChatRequest read(String body) {
    return new Chat().request(Fields.of(new JsonObject(body.replace('\'', '"'))));
  }

  private static ChatRequest with(String more) {
    return read("{'model':'m'," + HI + "," + more + "}");
  }

  @Test
  void readsTurnsWithImages() {
    var turns =
        read("""
                {'messages':[{'role':'system','content':'Be brief.'},
                 {'role':'user','content':'Look','images':['iVBORw0KGgoA','/9j/AA==']},
                 {'role':'assistant','content':'Yes','thinking':'Hm'}]}""")
            .turns();
    assertEquals(
        List.of(
            Turn.of(Turn.Role.SYSTEM, "Be brief."),
            new Turn(
                Turn.Role.USER,
                List.of(
                    new Part.Text("Look"),
                    new Part.Image(new Part.Inline("image/png", "iVBORw0KGgoA"), null),
                    new Part.Image(new Part.Inline("image/jpeg", "/9j/AA=="), null))),
            new Turn(
                Turn.Role.ASSISTANT,
                List.of(new Part.Thinking("Hm", null, null, "ollama"), new Part.Text("Yes")))),
        turns);
  }

  @Test
  void readsCallsAndTheirResultsByIdByNameAndByOrder() {
    var turns =
        read("""
                {'messages':[{'role':'user','content':'Hi'},
                 {'role':'assistant','content':'','tool_calls':[
                  {'function':{'index':0,'name':'f','arguments':{'a':1}}},
                  {'id':'x','type':'function','function':{'name':'g'}},
                  {'function':{'name':'h','arguments':{}}}]},
                 {'role':'tool','tool_call_id':'x','content':'7'},
                 {'role':'tool','tool_name':'h','content':'8'},
                 {'role':'tool','content':''},
                 {'role':'user','content':'Go on'}]}""")
            .turns();
    assertEquals(
        List.of(
            new Part.ToolCall("call_0", "f", "{\"a\":1}", null),
            new Part.ToolCall("x", "g", "{}", null),
            new Part.ToolCall("call_1", "h", "{}", null)),
        turns.get(1).parts());
    assertEquals(
        List.of(
            new Part.ToolResult("x", null, List.of(new Part.Text("7")), false),
            new Part.ToolResult("call_1", "h", List.of(new Part.Text("8")), false),
            new Part.ToolResult("call_0", null, List.of(new Part.Text("")), false)),
        turns.get(2).parts());
    assertEquals(Turn.of(Turn.Role.USER, "Go on"), turns.get(3));
  }

  @Test
  void readsTools() {
    var tools =
        with("'tools':[{'type':'function','function':{'name':'f','description':'d',"
                + "'parameters':{'type':'object','required':['a']}}},"
                + "{'function':{'name':'g'}}]")
            .tools();
    assertEquals(Map.of("type", "object", "required", List.of("a")), tools.get(0).schema());
    assertEquals("d", tools.get(0).description());
    assertEquals(Map.of("type", "object", "properties", Map.of()), tools.get(1).schema());
  }

  @Test
  void readsOptions() {
    var request =
        with(
            "'options':{'temperature':1,'top_k':40,'top_p':0.5,'seed':7,'presence_penalty':1,"
                + "'frequency_penalty':-1,'stop':['x'],'num_predict':9}");
    assertEquals(new Sampling(1.0, 0.5, 40, 1.0, -1.0, 7L), request.sampling());
    assertEquals(List.of("x"), request.stop());
    assertEquals(9, request.maxOutputTokens());
  }

  @Test
  void leavesOutHowALocalModelIsKeptAndRun() {
    assertEquals(
        read("{" + HI + "}"),
        with(
            "'stream':true,'keep_alive':'5m','truncate':false,'shift':true,'logprobs':false,"
                + "'options':{'num_ctx':8192,'num_gpu':1,'use_mmap':true,'repeat_last_n':64,"
                + "'repeat_penalty':1.1,'min_p':0.0,'top_k':0,'num_predict':-1}"));
  }

  @Test
  void readsTheFormatOfTheAnswer() {
    assertEquals(OutputFormat.ANY_OBJECT, with("'format':'json'").format());
    assertEquals(
        new OutputFormat(Map.of("type", "object"), null, null),
        with("'format':{'type':'object'}").format());
    assertNull(with("'format':''").format());
  }

  @ParameterizedTest
  @CsvSource({"true, medium, true", "false, none, false", "'high', high, true", "'max', max, true"})
  void readsHowMuchTheModelMayThink(String think, String effort, boolean shown) {
    var value = think.matches("true|false") ? think : "'" + think + "'";
    assertEquals(new Reasoning(effort, null, shown), with("'think':" + value).reasoning());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "messages | {}",
        "messages | {'messages':[]}",
        "messages | {'messages':[{'role':'user','content':''}]}",
        "messages[0].role | {'messages':[{'role':'boss','content':'Hi'}]}",
        "messages[0].content | {'messages':[{'role':'user','content':[]}]}",
        "messages[0].images | {'messages':[{'role':'user','images':['data:image/png;base64,iVBO']}]}",
        "messages[0].images | {'messages':[{'role':'user','images':'a'}]}",
        "messages[0].images | {'messages':[{'role':'system','images':['/9j/']}]}",
        "messages[0].tool_calls | {'messages':[{'role':'user','tool_calls':[{}]}]}",
        "messages[0].thinking | {'messages':[{'role':'tool','thinking':'a'}]}",
        "messages[0].tool_name | {'messages':[{'role':'tool','tool_name':'f','content':'7'}]}",
        "messages[0].tool_calls[0].function |"
            + " {'messages':[{'role':'assistant','tool_calls':[{}]}]}",
        "messages[0].tool_calls[0].function.arguments | {'messages':[{'role':'assistant',"
            + "'tool_calls':[{'function':{'name':'f','arguments':'{}'}}]}]}",
        "messages[0].audio | {'messages':[{'role':'user','audio':'a'}]}",
        "tools[0].type | {HI,'tools':[{'type':'custom','function':{'name':'f'}}]}",
        "tools[0].function.name | {HI,'tools':[{'function':{}}]}",
        "format | {HI,'format':'xml'}",
        "think | {HI,'think':'lots'}",
        "logprobs | {HI,'logprobs':true}",
        "tool_choice | {HI,'tool_choice':'auto'}",
        "options | {HI,'options':[]}",
        "options.temperature | {HI,'options':{'temperature':-1}}",
        "options.num_predict | {HI,'options':{'num_predict':0}}",
        "options.min_p | {HI,'options':{'min_p':0.1}}",
        "options.repeat_penalty | {HI,'options':{'repeat_penalty':1.5}}",
        "options.mirostat | {HI,'options':{'mirostat':2}}",
        "options.grammar | {HI,'options':{'grammar':'a'}}"
      })
  void refusesByNameWhatCannotBeExpressed(String field, String body) {
    Refusals.refuses(new Chat()::request, field, body.replace("HI", HI).replace('\'', '"'));
  }

  @Test
  void readsAPromptOfGenerate() {
    var body =
        """
        {"model":"m","prompt":"Look","system":"Be brief.","images":["R0lGODlh"],"raw":false,
         "suffix":"","template":"","context":[],"options":{"num_predict":9}}""";
    var request = new Generate().request(Fields.of(new JsonObject(body)));
    assertEquals("Be brief.", request.system());
    assertEquals(
        List.of(
            new Part.Text("Look"), new Part.Image(new Part.Inline("image/gif", "R0lGODlh"), null)),
        request.turns().get(1).parts());
    assertEquals(9, request.maxOutputTokens());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "prompt | {}",
        "suffix | {'prompt':'a','suffix':'b'}",
        "raw | {'prompt':'a','raw':true}",
        "template | {'prompt':'a','template':'b'}",
        "context | {'prompt':'a','context':[1]}",
        "tools | {'prompt':'a','tools':[]}"
      })
  void refusesByNameWhatOnlyALocalModelCanGenerateFrom(String field, String body) {
    Refusals.refuses(new Generate()::request, field, body.replace('\'', '"'));
  }
}
