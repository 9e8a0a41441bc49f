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

class ResponsesTest {
  @Test
  void readsATextWithInstructions() {
    var read =
        read(
            "{'model':'m','input':'Hi','instructions':'Be brief.','max_output_tokens':9,"
                + "'temperature':0.5,'top_p':0.9,'stream':true,'store':true,'user':'u',"
                + "'include':['reasoning.encrypted_content'],'metadata':{'a':'b'},"
                + "'truncation':'disabled','background':false,'previous_response_id':null,"
                + "'parallel_tool_calls':true,'tool_choice':'auto','tools':[]}");
    assertEquals(
        List.of(Turn.of(Turn.Role.SYSTEM, "Be brief."), Turn.of(Turn.Role.USER, "Hi")),
        read.turns());
    assertEquals(9, read.maxOutputTokens());
    assertEquals(new Sampling(0.5, 0.9, null, null, null, null), read.sampling());
    assertEquals("u", read.endUser());
    assertNull(read.toolChoice());
    assertNull(read.format());
    assertNull(read.reasoning());
  }

  @Test
  void readsItems() {
    var read =
        input(
            "{'role':'developer','content':'Be brief.'},"
                + "{'type':'message','role':'user','content':[{'type':'input_text','text':'see'},"
                + "{'type':'input_image','detail':'low','image_url':'data:image/png;base64,iVBO'},"
                + "{'type':'input_image','detail':'auto','file_id':'file-1'},"
                + "{'type':'input_file','filename':'a.pdf','file_data':'data:application/pdf;base64,JVBE'},"
                + "{'type':'input_file','file_url':'https://e.org/a.pdf'},"
                + "{'type':'input_file','file_id':'file-2'}]},"
                + "{'type':'reasoning','id':'rs_1','summary':[],'encrypted_content':'xx'},"
                + "{'type':'message','id':'msg_1','role':'assistant','status':'completed','content':["
                + "{'type':'output_text','text':'calling','annotations':[],'logprobs':[]}]},"
                + "{'type':'function_call','id':'fc_1','call_id':'call_1','name':'f','arguments':'{}','status':'completed'},"
                + "{'type':'reasoning','id':'rs_2','summary':[]},"
                + "{'type':'function_call','call_id':'call_2','name':'g','arguments':''},"
                + "{'type':'function_call_output','call_id':'call_1','output':'7'},"
                + "{'type':'function_call_output','call_id':'call_2','output':[{'type':'input_text','text':'8'},"
                + "{'type':'input_image','image_url':'https://e.org/b.png'}]},"
                + "{'role':'assistant','content':[{'type':'refusal','refusal':'no'}]},"
                + "{'role':'user','content':'so?'}");
    assertEquals(
        List.of(
            Turn.of(Turn.Role.SYSTEM, "Be brief."),
            new Turn(
                Turn.Role.USER,
                List.of(
                    new Part.Text("see"),
                    new Part.Image(new Part.Inline("image/png", "iVBO"), "low"),
                    new Part.Image(new Part.FileId("file-1"), "auto"),
                    new Part.Document(new Part.Inline("application/pdf", "JVBE"), "a.pdf"),
                    new Part.Document(new Part.Url("https://e.org/a.pdf", null), null),
                    new Part.Document(new Part.FileId("file-2"), null))),
            new Turn(
                Turn.Role.ASSISTANT,
                List.of(
                    new Part.Text("calling"),
                    new Part.ToolCall("call_1", "f", "{}", null),
                    new Part.ToolCall("call_2", "g", "{}", null))),
            new Turn(
                Turn.Role.USER,
                List.of(
                    new Part.ToolResult("call_1", null, List.of(new Part.Text("7")), false),
                    new Part.ToolResult(
                        "call_2",
                        null,
                        List.of(
                            new Part.Text("8"),
                            new Part.Image(new Part.Url("https://e.org/b.png", null), null)),
                        false))),
            new Turn(Turn.Role.ASSISTANT, List.of(new Part.Refusal("no"))),
            Turn.of(Turn.Role.USER, "so?")),
        read.turns());
  }

  @Test
  void readsFlatToolsAndTheirChoice() {
    var tools =
        "'tools':[{'type':'function','name':'f','description':'d','parameters':{'type':'object'},'strict':true},"
            + "{'type':'function','name':'g','parameters':null,'strict':null}],";
    assertEquals(
        List.of(
            new Tool("f", "d", Map.of("type", "object"), true),
            new Tool("g", null, Map.of(), null)),
        with(tools + "'tool_choice':'required'").tools());
    assertEquals(
        new ToolChoice(ToolChoice.Mode.REQUIRED, List.of("g"), null),
        with(tools + "'tool_choice':{'type':'function','name':'g'}").toolChoice());
    assertEquals(
        new ToolChoice(ToolChoice.Mode.AUTO, List.of("f"), false),
        with(tools
                + "'parallel_tool_calls':false,'tool_choice':{'type':'allowed_tools','mode':'auto',"
                + "'tools':[{'type':'function','name':'f'}]}")
            .toolChoice());
  }

  @Test
  void readsReasoningAndFormat() {
    assertEquals(
        new Reasoning("high", null, true),
        with("'reasoning':{'effort':'high','summary':'auto'}").reasoning());
    assertEquals(
        new Reasoning("low", null, null), with("'reasoning':{'effort':'low'}").reasoning());
    assertEquals(
        new OutputFormat(Map.of("type", "object"), "n", true),
        with("'text':{'verbosity':'medium','format':{'type':'json_schema','name':'n','strict':true,"
                + "'schema':{'type':'object'}}}")
            .format());
    assertEquals(
        OutputFormat.ANY_OBJECT, with("'text':{'format':{'type':'json_object'}}").format());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "previous_response_id | 'previous_response_id':'resp_1'",
        "conversation | 'conversation':'conv_1'",
        "background | 'background':true",
        "prompt | 'prompt':{'id':'pmpt_1'}",
        "truncation | 'truncation':'auto'",
        "max_tool_calls | 'max_tool_calls':3",
        "top_logprobs | 'top_logprobs':2",
        "include | 'include':['message.output_text.logprobs']",
        "context_management | 'context_management':[{'type':'compaction'}]",
        "service_tier | 'service_tier':'priority'",
        "text.verbosity | 'text':{'verbosity':'low'}",
        "text.format.type | 'text':{'format':{'type':'grammar'}}",
        "reasoning.effort | 'reasoning':{'effort':'some'}",
        "reasoning.mode | 'reasoning':{'mode':'pro'}",
        "tools[0].type | 'tools':[{'type':'web_search'}]",
        "tools[0].type | 'tools':[{'type':'custom','name':'c'}]",
        "tools[0].type | 'tools':[{'type':'mcp','server_label':'s'}]",
        "tools[0].defer_loading | 'tools':[{'type':'function','name':'f','defer_loading':true}]",
        "tool_choice.type | 'tool_choice':{'type':'mcp','server_label':'s'}",
        "max_output_tokens | 'max_output_tokens':0",
      })
  void refusesByName(String field, String fields) {
    assertRefuses(field, () -> with(fields));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "input[0].type | {'type':'item_reference','id':'msg_1'}",
        "input[0].type | {'type':'computer_call'}",
        "input[0].role | {'role':'tool','content':'x'}",
        "input[0].content | {'role':'user'}",
        "input[0].content | {'role':'user','content':''}",
        "input[0].content[0].type | {'role':'user','content':[{'type':'output_text','text':'x'}]}",
        "input[0].content[0].type | {'role':'user','content':[{'type':'input_audio'}]}",
        "input[0].content[0].text | {'role':'user','content':[{'type':'input_text'}]}",
        "input[0].content[0].image_url | {'role':'user','content':[{'type':'input_image'}]}",
        "input[0].content[0].file_data | {'role':'user','content':[{'type':'input_file','file_id':'f','file_url':'https://e'}]}",
        "input[0].content[0].annotations | {'role':'assistant','content':[{'type':'output_text','text':'x','annotations':[{}]}]}",
        "input[0].call_id | {'type':'function_call','name':'f','arguments':'{}'}",
        "input[0].arguments | {'type':'function_call','call_id':'c','name':'f','arguments':'x'}",
        "input[0].namespace | {'type':'function_call','call_id':'c','name':'f','arguments':'{}','namespace':'n'}",
        "input[0].output | {'type':'function_call_output','call_id':'c'}",
      })
  void refusesInAnItemByName(String field, String item) {
    assertRefuses(field, () -> input(item));
  }

  @Test
  void requiresAnInputOfBoundedLength() {
    assertRefuses("input", () -> read("{'model':'m'}"));
    assertRefuses("input", () -> read("{'model':'m','input':[]}"));
    assertRefuses("input", () -> input("{'type':'reasoning','id':'rs','summary':[]}"));
    var item = "{'role':'user','content':'x'}";
    assertRefuses("input", () -> input(item + ("," + item).repeat(10_000)));
  }

  private static ChatRequest with(String fields) {
    return read("{'model':'m','input':'Hi'," + fields + "}");
  }

  private static ChatRequest input(String items) {
    return read("{'model':'m','input':[" + items + "]}");
  }

  private static ChatRequest read(String json) {
    return new Responses().request(body(json));
  }
}
