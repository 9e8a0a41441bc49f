package io.commandcenter.akm.gateway.anthropic;

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

class MessageRequestTest {
  private static final String TOOLS =
      "'tools':[{'type':'custom','name':'get_weather','description':'d','strict':true,"
          + "'input_schema':{'type':'object','properties':{'city':{'type':'string'}}},"
          + "'cache_control':{'type':'ephemeral'},'eager_input_streaming':true,"
          + "'defer_loading':false,'allowed_callers':['direct']}]";

  @Test
  void readsEveryFieldOfAPlainRequest() {
    var read =
        with(
            "'system':'Be brief.','temperature':0.5,'top_p':0.9,'top_k':40,"
                + "'stop_sequences':['END'],'stream':true,'metadata':{'user_id':'u'},"
                + "'cache_control':{'type':'ephemeral'},'service_tier':'standard_only',"
                + "'speed':'standard','tools':[],'container':null");
    assertEquals(
        List.of(Turn.of(Turn.Role.SYSTEM, "Be brief."), Turn.of(Turn.Role.USER, "Hi")),
        read.turns());
    assertEquals(200, read.maxOutputTokens());
    assertEquals(new Sampling(0.5, 0.9, 40, null, null, null), read.sampling());
    assertEquals(List.of("END"), read.stop());
    assertEquals("u", read.endUser());
    assertNull(read.reasoning());
    assertNull(read.format());
    assertNull(read.toolChoice());
  }

  @Test
  void readsBlocksOfEveryRole() {
    var read =
        read(
            "{'model':'m','max_tokens':1,'system':[{'type':'text','text':'a','cache_control':{'type':'ephemeral'}},"
                + "{'type':'text','text':'b'}],'messages':["
                + "{'role':'user','content':[{'type':'text','text':'see','citations':[]},"
                + "{'type':'image','source':{'type':'base64','media_type':'image/png','data':'iVBO'}},"
                + "{'type':'image','source':{'type':'url','url':'https://e.org/a.png'}},"
                + "{'type':'image','source':{'type':'file','file_id':'file_1'}},"
                + "{'type':'document','title':'t','citations':{'enabled':false},"
                + "'source':{'type':'base64','media_type':'application/pdf','data':'JVBE'}},"
                + "{'type':'document','source':{'type':'text','media_type':'text/plain','data':'hi'}},"
                + "{'type':'document','source':{'type':'url','url':'https://e.org/a.pdf'}}]},"
                + "{'role':'assistant','content':["
                + "{'type':'thinking','thinking':'hm','signature':'sig'},"
                + "{'type':'thinking','thinking':'foreign','signature':''},"
                + "{'type':'redacted_thinking','data':'xx'},"
                + "{'type':'text','text':''},{'type':'text','text':'calling'},"
                + "{'type':'tool_use','id':'toolu_1','name':'f','input':{'a':1},'caller':{'type':'direct'}}]},"
                + "{'role':'user','content':[{'type':'text','text':'and'},"
                + "{'type':'tool_result','tool_use_id':'toolu_1','is_error':true,'content':'broke'},"
                + "{'type':'tool_result','tool_use_id':'toolu_2','content':["
                + "{'type':'text','text':'7'},{'type':'image','source':{'type':'url','url':'https://e.org/b.png'}}]},"
                + "{'type':'tool_result','tool_use_id':'toolu_3'}]},"
                + "{'role':'system','content':'now in French'}]}");
    assertEquals(
        List.of(
            new Turn(Turn.Role.SYSTEM, List.of(new Part.Text("a"), new Part.Text("b"))),
            new Turn(
                Turn.Role.USER,
                List.of(
                    new Part.Text("see"),
                    new Part.Image(new Part.Inline("image/png", "iVBO"), null),
                    new Part.Image(new Part.Url("https://e.org/a.png", null), null),
                    new Part.Image(new Part.FileId("file_1"), null),
                    new Part.Document(new Part.Inline("application/pdf", "JVBE"), "t"),
                    new Part.Document(new Part.Inline("text/plain", "aGk="), null),
                    new Part.Document(
                        new Part.Url("https://e.org/a.pdf", "application/pdf"), null))),
            new Turn(
                Turn.Role.ASSISTANT,
                List.of(
                    new Part.Thinking("hm", "sig", null, "anthropic"),
                    new Part.Thinking("", null, "xx", "anthropic"),
                    new Part.Text("calling"),
                    new Part.ToolCall("toolu_1", "f", "{\"a\":1}", null))),
            new Turn(
                Turn.Role.USER,
                List.of(
                    new Part.ToolResult("toolu_1", null, List.of(new Part.Text("broke")), true),
                    new Part.ToolResult(
                        "toolu_2",
                        null,
                        List.of(
                            new Part.Text("7"),
                            new Part.Image(new Part.Url("https://e.org/b.png", null), null)),
                        false),
                    new Part.ToolResult("toolu_3", null, List.of(), false),
                    new Part.Text("and"))),
            Turn.of(Turn.Role.SYSTEM, "now in French")),
        read.turns());
  }

  @Test
  void readsToolsAsPlainSchemas() {
    assertEquals(
        List.of(
            new Tool(
                "get_weather",
                "d",
                Map.of("type", "object", "properties", Map.of("city", Map.of("type", "string"))),
                true)),
        with(TOOLS).tools());
  }

  @Test
  void readsEveryToolChoice() {
    assertEquals(choice(ToolChoice.Mode.AUTO, null), choice("{'type':'auto'}"));
    assertEquals(choice(ToolChoice.Mode.NONE, null), choice("{'type':'none'}"));
    assertEquals(
        choice(ToolChoice.Mode.REQUIRED, false),
        choice("{'type':'any','disable_parallel_tool_use':true}"));
    assertEquals(
        choice(ToolChoice.Mode.REQUIRED, null, "get_weather"),
        choice("{'type':'tool','name':'get_weather'}"));
    assertNull(with("'tool_choice':{'type':'auto'}").toolChoice());
  }

  @Test
  void readsThinkingEffortAndFormat() {
    assertEquals(
        new Reasoning(null, 2048, true),
        with("'thinking':{'type':'enabled','budget_tokens':2048}").reasoning());
    assertEquals(
        new Reasoning("max", null, false),
        with("'thinking':{'type':'adaptive','display':'omitted'},'output_config':{'effort':'max'}")
            .reasoning());
    assertEquals(
        new Reasoning("none", null, null), with("'thinking':{'type':'disabled'}").reasoning());
    assertEquals(
        new Reasoning("low", null, null), with("'output_config':{'effort':'low'}").reasoning());
    assertEquals(
        new OutputFormat(Map.of("type", "object"), null, null),
        with("'output_config':{'format':{'type':'json_schema','schema':{'type':'object'}}}")
            .format());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "container | 'container':'c_1'",
        "context_management | 'context_management':{'edits':[]}",
        "mcp_servers | 'mcp_servers':[{'type':'url','url':'https://e','name':'n'}]",
        "betas | 'betas':['b']",
        "fallbacks | 'fallbacks':[]",
        "speed | 'speed':'fast'",
        "inference_geo | 'inference_geo':'us'",
        "output_format | 'output_format':{'type':'json_schema','schema':{}}",
        "temperature | 'temperature':1.5",
        "top_k | 'top_k':0",
        "stop_sequences | 'stop_sequences':['']",
        "metadata.tag | 'metadata':{'tag':'x'}",
        "thinking.type | 'thinking':{'type':'between_tools'}",
        "thinking.display | 'thinking':{'type':'adaptive','display':'raw'}",
        "thinking.budget_tokens | 'thinking':{'type':'enabled','budget_tokens':0}",
        "output_config.effort | 'output_config':{'effort':'minimal'}",
        "output_config.task_budget | 'output_config':{'task_budget':{}}",
        "output_config.format.type | 'output_config':{'format':{'type':'json'}}",
        "system[0].type | 'system':[{'type':'image','source':{'type':'url','url':'https://e'}}]",
        "tools[0].type | 'tools':[{'type':'web_search_20260318','name':'web_search'}]",
        "tools[0].input_schema | 'tools':[{'name':'n'}]",
        "tools[0].defer_loading | 'tools':[{'name':'n','input_schema':{},'defer_loading':true}]",
        "tools[0].allowed_callers | 'tools':[{'name':'n','input_schema':{},'allowed_callers':['code_execution_20260120']}]",
        "tools[0].input_examples | 'tools':[{'name':'n','input_schema':{},'input_examples':[{}]}]",
        "tool_choice | 'tool_choice':{'type':'any'}",
        "tool_choice.type | 'tool_choice':{'type':'some'}",
        "tool_choice.name | 'tool_choice':{'type':'tool'}",
      })
  void refusesByName(String field, String fields) {
    assertRefuses(field, () -> with(fields));
  }

  @Test
  void refusesAChoiceOfAToolThatIsNotThere() {
    assertRefuses("tool_choice.name", () -> choice("{'type':'tool','name':'other'}"));
  }

  @Test
  void requiresALimitOfAtLeastOneToken() {
    assertRefuses(
        "max_tokens", () -> read("{'model':'m','messages':[{'role':'user','content':'x'}]}"));
    assertRefuses(
        "max_tokens",
        () -> read("{'model':'m','max_tokens':0,'messages':[{'role':'user','content':'x'}]}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "messages[0].role | {'role':'tool','content':'x'}",
        "messages[0].content | {'role':'user'}",
        "messages[0].content | {'role':'user','content':''}",
        "messages[0].name | {'role':'user','content':'x','name':'n'}",
        "messages[0].content[0].type | {'role':'assistant','content':[{'type':'document','source':{}}]}",
        "messages[0].content[0].type | {'role':'assistant','content':[{'type':'server_tool_use','id':'s','name':'web_search','input':{}}]}",
        "messages[0].content[0].type | {'role':'user','content':[{'type':'search_result'}]}",
        "messages[0].content[0].type | {'role':'user','content':[{'type':'tool_use','id':'t','name':'n','input':{}}]}",
        "messages[0].content[0].text | {'role':'user','content':[{'type':'text'}]}",
        "messages[0].content[0].citations | {'role':'user','content':[{'type':'text','text':'a','citations':[{}]}]}",
        "messages[0].content[0].transformations | {'role':'user','content':[{'type':'image','source':{'type':'url','url':'https://e'},'transformations':{}}]}",
        "messages[0].content[0].source | {'role':'user','content':[{'type':'image'}]}",
        "messages[0].content[0].source.type | {'role':'user','content':[{'type':'image','source':{'type':'text'}}]}",
        "messages[0].content[0].source.url | {'role':'user','content':[{'type':'image','source':{'type':'url','url':'file:///a'}}]}",
        "messages[0].content[0].source.media_type | {'role':'user','content':[{'type':'image','source':{'type':'base64','media_type':'png','data':'x'}}]}",
        "messages[0].content[0].source.type | {'role':'user','content':[{'type':'document','source':{'type':'content','content':'x'}}]}",
        "messages[0].content[0].context | {'role':'user','content':[{'type':'document','source':{'type':'file','file_id':'f'},'context':'x'}]}",
        "messages[0].content[0].citations | {'role':'user','content':[{'type':'document','source':{'type':'file','file_id':'f'},'citations':{'enabled':true}}]}",
        "messages[0].content[0].tool_use_id | {'role':'user','content':[{'type':'tool_result','content':'x'}]}",
        "messages[0].content[0].content[0].type | {'role':'user','content':[{'type':'tool_result','tool_use_id':'t','content':[{'type':'tool_reference','tool_name':'n'}]}]}",
        "messages[0].content[0].input | {'role':'assistant','content':[{'type':'tool_use','id':'t','name':'n'}]}",
        "messages[0].content[0].caller | {'role':'assistant','content':[{'type':'tool_use','id':'t','name':'n','input':{},'caller':{'type':'code_execution_20260120','tool_id':'x'}}]}",
        "messages[0].content[0].thinking | {'role':'assistant','content':[{'type':'thinking','signature':'s'}]}",
        "messages[0].content[0].data | {'role':'assistant','content':[{'type':'redacted_thinking'}]}",
      })
  void refusesInAMessageByName(String field, String message) {
    assertRefuses(field, () -> read("{'model':'m','max_tokens':1,'messages':[" + message + "]}"));
  }

  @Test
  void boundsTurnsPartsAndTools() {
    var turn = "{'role':'user','content':'x'}";
    assertRefuses(
        "messages",
        () ->
            read(
                "{'model':'m','max_tokens':1,'messages':["
                    + turn
                    + ("," + turn).repeat(10_000)
                    + "]}"));
    var part = "{'type':'text','text':'x'}";
    assertRefuses("system", () -> with("'system':[" + part + ("," + part).repeat(1_000) + "]"));
    var tool = "{'name':'n','input_schema':{}}";
    assertRefuses("tools", () -> with("'tools':[" + tool + ("," + tool).repeat(1_000) + "]"));
    assertRefuses("messages", () -> read("{'model':'m','max_tokens':1}"));
  }

  private static ToolChoice choice(ToolChoice.Mode mode, Boolean parallel, String... names) {
    return new ToolChoice(mode, List.of(names), parallel);
  }

  private static ToolChoice choice(String choice) {
    return with(TOOLS + ",'tool_choice':" + choice).toolChoice();
  }

  private static ChatRequest with(String fields) {
    return read(
        "{'model':'m','max_tokens':200,'messages':[{'role':'user','content':'Hi'}],"
            + fields
            + "}");
  }

  private static ChatRequest read(String json) {
    return new Messages().request(body(json));
  }
}
