package io.commandcenter.akm.gateway.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.gateway.anthropic.CountTokens;
import io.commandcenter.akm.gateway.anthropic.Messages;
import io.commandcenter.akm.gateway.openai.ChatCompletions;
import io.commandcenter.akm.gateway.openai.Completions;
import io.commandcenter.akm.gateway.openai.Embeddings;
import io.commandcenter.akm.gateway.openai.Responses;
import io.commandcenter.akm.testkit.Dialects;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Whatever a body holds, it is read, or refused with a BAD_REQUEST that names a field. Bodies that
 * use every field are changed at random places. Seen failing with the check for an object taken out
 * of {@link Fields#object}.
 */
class HostileBodiesTest {
  private static final int ROUNDS = Boolean.getBoolean("akm.soak") ? 20_000 : 2_000;

  private static final String CHAT =
      "{'model':'m','messages':[{'role':'system','content':'s'},{'role':'user','name':'n','content':["
          + "{'type':'text','text':'t'},{'type':'image_url','image_url':{'url':'data:image/png;base64,aa','detail':'low'}},"
          + "{'type':'input_audio','input_audio':{'data':'aa','format':'wav'}},"
          + "{'type':'file','file':{'file_id':'f','filename':'n'}}]},"
          + "{'role':'assistant','content':null,'tool_calls':[{'id':'c','type':'function','function':{'name':'f','arguments':'{}'},"
          + "'extra_content':{'google':{'thought_signature':'s'}}}]},{'role':'tool','tool_call_id':'c','content':'x'}],"
          + "'tools':[{'type':'function','function':{'name':'f','description':'d','parameters':{'type':'object'},'strict':true}}],"
          + "'tool_choice':{'type':'allowed_tools','allowed_tools':{'mode':'auto','tools':[{'type':'function','function':{'name':'f'}}]}},"
          + "'parallel_tool_calls':true,'max_completion_tokens':5,'temperature':1,'top_p':1,'seed':1,'stop':['a'],"
          + "'response_format':{'type':'json_schema','json_schema':{'name':'n','schema':{'a':[1,{'b':null}]},'strict':true}},"
          + "'reasoning_effort':'low','user':'u','stream':true,'stream_options':{'include_usage':true}}";
  private static final String MESSAGES =
      "{'model':'m','max_tokens':5,'system':[{'type':'text','text':'s','cache_control':{'type':'ephemeral'}}],"
          + "'messages':[{'role':'user','content':[{'type':'text','text':'t'},"
          + "{'type':'image','source':{'type':'base64','media_type':'image/png','data':'aa'}},"
          + "{'type':'document','title':'t','source':{'type':'text','media_type':'text/plain','data':'aa'}}]},"
          + "{'role':'assistant','content':[{'type':'thinking','thinking':'t','signature':'s'},"
          + "{'type':'redacted_thinking','data':'d'},{'type':'tool_use','id':'i','name':'f','input':{'a':1}}]},"
          + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'i','is_error':true,'content':["
          + "{'type':'text','text':'t'}]}]}],'tools':[{'name':'f','description':'d','input_schema':{'type':'object'},'strict':true}],"
          + "'tool_choice':{'type':'tool','name':'f','disable_parallel_tool_use':true},"
          + "'thinking':{'type':'enabled','budget_tokens':1024,'display':'summarized'},"
          + "'output_config':{'effort':'low','format':{'type':'json_schema','schema':{'a':[1]}}},"
          + "'temperature':1,'top_p':1,'top_k':1,'stop_sequences':['a'],'metadata':{'user_id':'u'}}";
  private static final String RESPONSES =
      "{'model':'m','instructions':'s','input':[{'role':'user','content':[{'type':'input_text','text':'t'},"
          + "{'type':'input_image','image_url':'https://e','detail':'low'},{'type':'input_file','file_data':'data:a/b;base64,aa'}]},"
          + "{'type':'reasoning','id':'r','summary':[]},{'type':'message','role':'assistant','content':[{'type':'output_text','text':'t','annotations':[]}]},"
          + "{'type':'function_call','call_id':'c','name':'f','arguments':'{}'},{'type':'function_call_output','call_id':'c','output':'x'}],"
          + "'tools':[{'type':'function','name':'f','parameters':{'type':'object'},'strict':true}],'tool_choice':{'type':'function','name':'f'},"
          + "'text':{'format':{'type':'json_schema','name':'n','schema':{'a':1}}},'reasoning':{'effort':'low','summary':'auto'},"
          + "'max_output_tokens':5,'temperature':1,'include':['a'],'metadata':{'a':'b'}}";
  private static final String COMPLETIONS =
      "{'model':'m','prompt':['a'],'max_tokens':5,'stop':'a','temperature':1,'seed':1,'user':'u','n':1}";
  private static final String EMBEDDINGS =
      "{'model':'m','input':['a','b'],'dimensions':5,'encoding_format':'float','user':'u'}";

  @Test
  void chatCompletions() {
    survive(CHAT, new ChatCompletions()::request, 1);
  }

  @Test
  void messages() {
    survive(MESSAGES, new Messages()::request, 2);
    survive(MESSAGES, new CountTokens()::request, 3);
  }

  @Test
  void responses() {
    survive(RESPONSES, new Responses()::request, 4);
  }

  @Test
  void completionsAndEmbeddings() {
    survive(COMPLETIONS, new Completions()::request, 5);
    survive(EMBEDDINGS, new Embeddings()::request, 6);
  }

  private static void survive(String body, Function<Fields, Object> reading, long seed) {
    assertNotNull(reading.apply(Dialects.body(body)), "the body before it is changed");
    var random = new Random(seed);
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      var hostile = Dialects.json(body);
      for (int change = random.nextInt(3); change >= 0; change--) {
        change(hostile, random);
      }
      try {
        assertNotNull(reading.apply(Fields.of(hostile)));
      } catch (Failure refusal) {
        refused++;
        assertEquals(Code.BAD_REQUEST, refusal.code());
        assertNotNull(refusal.context().get(Fields.PARAM), refusal.detail());
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ", round " + round + ": " + hostile.encode(), e);
      }
    }
    assertTrue(refused > ROUNDS / 10 && refused < ROUNDS, refused + " of " + ROUNDS);
  }

  /** Puts something else in one place, takes one member away, or adds one. */
  private static void change(JsonObject body, Random random) {
    var objects = new ArrayList<JsonObject>();
    gather(body, objects);
    var object = objects.get(random.nextInt(objects.size()));
    var names = List.copyOf(object.fieldNames());
    if (names.isEmpty() || random.nextInt(10) == 0) {
      object.put("added", anything(random, 2));
      return;
    }
    var name = names.get(random.nextInt(names.size()));
    switch (random.nextInt(6)) {
      case 0 -> object.remove(name);
      case 1 -> object.put(name, other(objects, random));
      default -> object.put(name, anything(random, 2));
    }
  }

  private static Object other(List<JsonObject> objects, Random random) {
    return objects.get(random.nextInt(objects.size())).copy();
  }

  private static void gather(Object value, List<JsonObject> into) {
    if (value instanceof JsonObject object) {
      into.add(object);
      object.forEach(member -> gather(member.getValue(), into));
    } else if (value instanceof JsonArray array) {
      array.forEach(element -> gather(element, into));
    }
  }

  private static Object anything(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 12 : 14)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextInt();
      case 3 -> random.nextLong();
      case 4 -> BigInteger.TWO.pow(80);
      case 5 -> random.nextDouble();
      case 6 -> Double.POSITIVE_INFINITY;
      case 7 -> "";
      case 8 -> " \u0000\ud800";
      case 9 -> "data:;base64,";
      case 10 -> "text";
      case 11 -> "none";
      case 12 -> new JsonObject().put("type", anything(random, depth - 1));
      default -> new JsonArray().add(anything(random, depth - 1)).addNull();
    };
  }
}
