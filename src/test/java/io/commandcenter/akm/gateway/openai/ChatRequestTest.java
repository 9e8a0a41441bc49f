package io.commandcenter.akm.gateway.openai;

import static io.commandcenter.akm.testkit.Dialects.assertRefuses;
import static io.commandcenter.akm.testkit.Dialects.body;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.commandcenter.akm.core.chat.ChatRequest;
import io.commandcenter.akm.core.chat.OutputFormat;
import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.core.chat.Reasoning;
import io.commandcenter.akm.core.chat.Sampling;
import io.commandcenter.akm.core.chat.Tool;
import io.commandcenter.akm.core.chat.ToolChoice;
import io.commandcenter.akm.core.chat.Turn;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatRequestTest {
  private static final String TOOLS =
      "'tools':[{'type':'function','function':{'name':'get_weather','description':'d',"
          + "'parameters':{'type':'object','properties':{'city':{'type':'string'}},'required':['city']},"
          + "'strict':true}}]";

  @Test
  void readsEveryFieldOfAPlainRequest() {
    var read =
        with(
            "'max_completion_tokens':200,'stream':true,'stream_options':{'include_usage':true},"
                + "'temperature':0.5,'top_p':1,'presence_penalty':-1,'frequency_penalty':2,'seed':7,"
                + "'stop':['END','###'],'reasoning_effort':'low','user':'u','safety_identifier':'s',"
                + "'metadata':{'a':'b'},'store':false,'n':1,'logprobs':false,"
                + "'prompt_cache_key':'k','service_tier':'auto'");
    assertEquals(List.of(Turn.of(Turn.Role.USER, "Hi")), read.turns());
    assertEquals(200, read.maxOutputTokens());
    assertEquals(new Sampling(0.5, 1.0, null, -1.0, 2.0, 7L), read.sampling());
    assertEquals(List.of("END", "###"), read.stop());
    assertEquals(new Reasoning("low", null, null), read.reasoning());
    assertEquals("s", read.endUser());
    assertEquals(List.of(), read.tools());
    assertNull(read.toolChoice());
    assertNull(read.format());
  }

  @Test
  void readsTheOldNamesOfLimitAndUser() {
    var read = with("'max_tokens':9,'user':'u','stop':'END'");
    assertEquals(9, read.maxOutputTokens());
    assertEquals("u", read.endUser());
    assertEquals(List.of("END"), read.stop());
  }

  @Test
  void readsAConversationWithTools() {
    var read =
        messages(
            "{'role':'system','content':'Be brief.'},"
                + "{'role':'developer','content':[{'type':'text','text':'a'},{'type':'text','text':'b'}]},"
                + "{'role':'user','name':'ann','content':'weather?'},"
                + "{'role':'assistant','content':null,'refusal':null,'annotations':[],'tool_calls':["
                + "{'id':'call_1','type':'function','function':{'name':'get_weather','arguments':'{}'}},"
                + "{'id':'call_2','type':'function','function':{'name':'get_weather','arguments':''},"
                + "'extra_content':{'google':{'thought_signature':'sig'}}}]},"
                + "{'role':'tool','tool_call_id':'call_1','content':'7'},"
                + "{'role':'tool','tool_call_id':'call_2','name':'get_weather',"
                + "'content':[{'type':'text','text':'8'}]},"
                + "{'role':'assistant','content':[{'type':'refusal','refusal':'no'}],'reasoning_content':'hm'},"
                + "{'role':'assistant','content':''},"
                + "{'role':'user','content':'so?'}");
    assertEquals(
        List.of(
            Turn.of(Turn.Role.SYSTEM, "Be brief."),
            new Turn(Turn.Role.SYSTEM, List.of(new Part.Text("a"), new Part.Text("b"))),
            Turn.of(Turn.Role.USER, "weather?"),
            new Turn(
                Turn.Role.ASSISTANT,
                List.of(
                    new Part.ToolCall("call_1", "get_weather", "{}", null),
                    new Part.ToolCall("call_2", "get_weather", "{}", "sig"))),
            new Turn(
                Turn.Role.USER,
                List.of(
                    new Part.ToolResult("call_1", null, List.of(new Part.Text("7")), false),
                    new Part.ToolResult(
                        "call_2", "get_weather", List.of(new Part.Text("8")), false))),
            new Turn(Turn.Role.ASSISTANT, List.of(new Part.Refusal("no"))),
            Turn.of(Turn.Role.USER, "so?")),
        read.turns());
  }

  @Test
  void readsImagesAudioAndFiles() {
    var read =
        messages(
            "{'role':'user','content':["
                + "{'type':'text','text':'see','prompt_cache_breakpoint':{'mode':'explicit'}},"
                + "{'type':'image_url','image_url':{'url':'https://e.org/a.png','detail':'low'}},"
                + "{'type':'image_url','image_url':{'url':'data:image/png;base64,iVBO'}},"
                + "{'type':'input_audio','input_audio':{'data':'UklG','format':'wav'}},"
                + "{'type':'file','file':{'file_data':'data:application/pdf;base64,JVBE','filename':'a.pdf'}},"
                + "{'type':'file','file':{'file_id':'file-1'}}]}");
    assertEquals(
        List.of(
            new Part.Text("see"),
            new Part.Image(new Part.Url("https://e.org/a.png", null), "low"),
            new Part.Image(new Part.Inline("image/png", "iVBO"), null),
            new Part.Audio("wav", "UklG"),
            new Part.Document(new Part.Inline("application/pdf", "JVBE"), "a.pdf"),
            new Part.Document(new Part.FileId("file-1"), null)),
        read.turns().get(0).parts());
  }

  @Test
  void readsToolsAsPlainSchemas() {
    var tool = with(TOOLS).tools().get(0);
    assertEquals(
        new Tool(
            "get_weather",
            "d",
            Map.of(
                "type",
                "object",
                "properties",
                Map.of("city", Map.of("type", "string")),
                "required",
                List.of("city")),
            true),
        tool);
  }

  @Test
  void readsEveryToolChoice() {
    assertEquals(choice(ToolChoice.Mode.AUTO, null), choice("'tool_choice':'auto'"));
    assertEquals(choice(ToolChoice.Mode.NONE, null), choice("'tool_choice':'none'"));
    assertEquals(
        choice(ToolChoice.Mode.REQUIRED, true),
        choice("'tool_choice':'required','parallel_tool_calls':true"));
    assertEquals(
        choice(ToolChoice.Mode.REQUIRED, null, "get_weather"),
        choice("'tool_choice':{'type':'function','function':{'name':'get_weather'}}"));
    assertEquals(
        choice(ToolChoice.Mode.AUTO, null, "get_weather"),
        choice(
            "'tool_choice':{'type':'allowed_tools','allowed_tools':{'mode':'auto','tools':["
                + "{'type':'function','function':{'name':'get_weather'}}]}}"));
    assertEquals(choice(ToolChoice.Mode.AUTO, false), choice("'parallel_tool_calls':false"));
    assertNull(with("'tool_choice':'auto','parallel_tool_calls':true").toolChoice());
  }

  @Test
  void readsEveryResponseFormat() {
    assertNull(with("'response_format':{'type':'text'}").format());
    assertEquals(
        OutputFormat.ANY_OBJECT, with("'response_format':{'type':'json_object'}").format());
    assertEquals(
        new OutputFormat(Map.of("type", "object"), "n", true),
        with("'response_format':{'type':'json_schema','json_schema':"
                + "{'name':'n','description':'d','schema':{'type':'object'},'strict':true}}")
            .format());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "n | 'n':2",
        "logprobs | 'logprobs':true",
        "top_logprobs | 'top_logprobs':3",
        "logit_bias | 'logit_bias':{'50256':-100}",
        "modalities | 'modalities':['text','audio']",
        "audio | 'audio':{'voice':'ash','format':'wav'}",
        "prediction | 'prediction':{'type':'content','content':'x'}",
        "web_search_options | 'web_search_options':{}",
        "moderation | 'moderation':{'model':'m'}",
        "verbosity | 'verbosity':'high'",
        "store | 'store':true",
        "service_tier | 'service_tier':'flex'",
        "functions | 'functions':[{'name':'f'}]",
        "function_call | 'function_call':'auto'",
        "? | 'X-Odd Name':1",
        "reasoning_effort | 'reasoning_effort':'much'",
        "max_tokens | 'max_tokens':1,'max_completion_tokens':1",
        "max_completion_tokens | 'max_completion_tokens':0",
        "temperature | 'temperature':2.5",
        "temperature | 'temperature':1e999",
        "top_p | 'top_p':'1'",
        "seed | 'seed':1.5",
        "stop | 'stop':['']",
        "stop | 'stop':[1]",
        "tools[0].type | 'tools':[{'type':'custom','custom':{'name':'c'}}]",
        "tools[0].function | 'tools':[{'type':'function'}]",
        "tools[0].function.name | 'tools':[{'type':'function','function':{'name':''}}]",
        "tools[0].function.odd | 'tools':[{'type':'function','function':{'name':'a','odd':1}}]",
        "tool_choice | 'tool_choice':'required'",
        "tool_choice | 'tool_choice':'any'",
        "tool_choice.type | 'tool_choice':{'type':'custom','custom':{'name':'c'}}",
        "response_format.type | 'response_format':{'type':'grammar'}",
        "response_format.json_schema | 'response_format':{'type':'json_schema'}",
        "response_format.json_schema.schema | 'response_format':{'type':'json_schema','json_schema':{'name':'n'}}",
      })
  void refusesByName(String field, String fields) {
    assertRefuses(field, () -> with(fields));
  }

  @Test
  void refusesAChoiceOfAToolThatIsNotThere() {
    assertRefuses(
        "tool_choice",
        () -> choice("'tool_choice':{'type':'function','function':{'name':'other'}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "messages[0].role | {'role':'function','name':'f','content':'x'}",
        "messages[0].role | {'role':'critic','content':'x'}",
        "messages[0].role | {'content':'x'}",
        "messages[0].content | {'role':'user'}",
        "messages[0].content | {'role':'user','content':''}",
        "messages[0].content | {'role':'user','content':[]}",
        "messages[0].odd | {'role':'user','content':'x','odd':1}",
        "messages[0].content[0].type | {'role':'user','content':[{'type':'video','video':'x'}]}",
        "messages[0].content[0].type | {'role':'system','content':[{'type':'image_url','image_url':{'url':'https://e'}}]}",
        "messages[0].content[0].text | {'role':'user','content':[{'type':'text'}]}",
        "messages[0].content[0].image_url.url | {'role':'user','content':[{'type':'image_url','image_url':{'url':'ftp://e'}}]}",
        "messages[0].content[0].image_url.url | {'role':'user','content':[{'type':'image_url','image_url':{'url':'data:image/png,abc'}}]}",
        "messages[0].content[0].image_url.detail | {'role':'user','content':[{'type':'image_url','image_url':{'url':'https://e','detail':'huge'}}]}",
        "messages[0].content[0].file.file_data | {'role':'user','content':[{'type':'file','file':{'file_id':'f','file_data':'g'}}]}",
        "messages[0].content[0].file.file_data | {'role':'user','content':[{'type':'file','file':{'file_data':'JVBE'}}]}",
        "messages[0].audio | {'role':'assistant','audio':{'id':'a'}}",
        "messages[0].function_call | {'role':'assistant','function_call':{'name':'f','arguments':'{}'}}",
        "messages[0].tool_calls[0].type | {'role':'assistant','tool_calls':[{'id':'c','type':'custom','custom':{'name':'n','input':'i'}}]}",
        "messages[0].tool_calls[0].id | {'role':'assistant','tool_calls':[{'type':'function','function':{'name':'n','arguments':'{}'}}]}",
        "messages[0].tool_calls[0].function.arguments | {'role':'assistant','tool_calls':[{'id':'c','function':{'name':'n','arguments':'[1]'}}]}",
        "messages[0].tool_calls[0].function.arguments | {'role':'assistant','tool_calls':[{'id':'c','function':{'name':'n','arguments':'{'}}]}",
        "messages[0].tool_call_id | {'role':'tool','content':'x'}",
        "messages[0].content | {'role':'tool','tool_call_id':'c'}",
      })
  void refusesInAMessageByName(String field, String message) {
    assertRefuses(field, () -> messages(message));
  }

  /** Seen failing with the bound of turns taken out of ChatTurns. */
  @Test
  void boundsTurnsPartsAndTools() {
    var turn = "{'role':'user','content':'x'}";
    assertRefuses("messages", () -> messages(turn + ("," + turn).repeat(10_000)));
    var part = "{'type':'text','text':'x'}";
    assertRefuses(
        "messages[0].content",
        () -> messages("{'role':'user','content':[" + part + ("," + part).repeat(1_000) + "]}"));
    var tool = "{'type':'function','function':{'name':'n'}}";
    assertRefuses("tools", () -> with("'tools':[" + tool + ("," + tool).repeat(1_000) + "]"));
    assertRefuses("messages", () -> read("{'model':'m','messages':[]}"));
    assertRefuses("messages", () -> read("{'model':'m'}"));
  }

  private static ToolChoice choice(ToolChoice.Mode mode, Boolean parallel, String... names) {
    return new ToolChoice(mode, List.of(names), parallel);
  }

  private static ToolChoice choice(String fields) {
    return with(TOOLS + "," + fields).toolChoice();
  }

  private static ChatRequest with(String fields) {
    return read("{'model':'m','messages':[{'role':'user','content':'Hi'}]," + fields + "}");
  }

  private static ChatRequest messages(String messages) {
    return read("{'model':'m','messages':[" + messages + "]}");
  }

  private static ChatRequest read(String json) {
    return new ChatCompletions().request(body(json));
  }
}
