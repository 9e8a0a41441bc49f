package io.commandcenter.akm.gateway.openai;

import static io.commandcenter.akm.testkit.Dialects.NOW;
import static io.commandcenter.akm.testkit.Dialects.assertRefuses;
import static io.commandcenter.akm.testkit.Dialects.body;
import static io.commandcenter.akm.testkit.Dialects.given;
import static io.commandcenter.akm.testkit.Dialects.json;
import static io.commandcenter.akm.testkit.Dialects.written;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.ChatAnswer;
import io.commandcenter.akm.core.chat.ChatEvent;
import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.core.chat.StopReason;
import io.commandcenter.akm.core.chat.Turn;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.testkit.SseEvents;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionsTest {
  @Test
  void readsAPromptAsWhatAUserSays() {
    var read =
        new Completions()
            .request(
                body(
                    "{'model':'m','prompt':'Once','max_tokens':9,'stop':'.','seed':1,'user':'u',"
                        + "'n':1,'best_of':1,'echo':false,'suffix':null,'logprobs':null}"));
    assertEquals(List.of(Turn.of(Turn.Role.USER, "Once")), read.turns());
    assertEquals(9, read.maxOutputTokens());
    assertEquals(List.of("."), read.stop());
    assertEquals("u", read.endUser());
    var listed = new Completions().request(body("{'model':'m','prompt':['Once']}"));
    assertEquals(List.of(Turn.of(Turn.Role.USER, "Once")), listed.turns());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "prompt | 'model':'m'",
        "prompt | 'prompt':''",
        "prompt | 'prompt':['a','b']",
        "prompt | 'prompt':[1,2]",
        "prompt | 'prompt':[[1,2]]",
        "suffix | 'prompt':'a','suffix':'z'",
        "echo | 'prompt':'a','echo':true",
        "best_of | 'prompt':'a','best_of':3",
        "n | 'prompt':'a','n':3",
        "logprobs | 'prompt':'a','logprobs':0",
        "logit_bias | 'prompt':'a','logit_bias':{'1':1}",
      })
  void refusesByName(String field, String fields) {
    assertRefuses(field, () -> new Completions().request(body("{" + fields + "}")));
  }

  @Test
  void answersAText() {
    var parts = List.<Part>of(new Part.Thinking("hm", null, null, "ollama"), new Part.Text("a"));
    var answer = new ChatAnswer(null, null, parts, StopReason.LENGTH, null, TokenUsage.of(3, 4));
    assertEquals(
        json(
            "{'id':'cmpl-req-1','object':'text_completion','created':"
                + NOW.getEpochSecond()
                + ",'model':'model-x','choices':[{'text':'a','index':0,'logprobs':null,'finish_reason':'length'}],"
                + "'usage':{'prompt_tokens':3,'completion_tokens':4,'total_tokens':7,"
                + "'prompt_tokens_details':{'cached_tokens':0,'cache_write_tokens':0},"
                + "'completion_tokens_details':{'reasoning_tokens':0}}}"),
        new Completions().answer(answer, given("{}")).toJsonObject());
  }

  @Test
  void streamsTexts() {
    var writer = new Completions().writer(given("{'stream_options':{'include_usage':true}}"));
    var events =
        SseEvents.of(
            written(
                writer,
                List.of(
                    new ChatEvent.Began("i", "m"),
                    new ChatEvent.Thinking("hm", null, null, "ollama"),
                    new ChatEvent.Ping(),
                    new ChatEvent.Text("a\""),
                    new ChatEvent.Refusal("no"),
                    new ChatEvent.Ended(StopReason.STOP, null, TokenUsage.of(3, 4)))));
    assertEquals(5, events.size());
    assertEquals(
        json(
            "{'id':'i','object':'text_completion','created':"
                + NOW.getEpochSecond()
                + ",'model':'m','choices':[{'index':0,'text':'a\\'','logprobs':null,'finish_reason':null}],'usage':null}"),
        events.get(0).json());
    assertEquals(
        "stop",
        events.get(2).json().getJsonArray("choices").getJsonObject(0).getString("finish_reason"));
    assertEquals(7, events.get(3).json().getJsonObject("usage").getInteger("total_tokens"));
    assertEquals("[DONE]", events.get(4).data());
    var broken = writer.broken(new Failure(Code.INTERNAL, "fault; report it")).toString();
    assertEquals(
        "internal", SseEvents.of(broken).get(0).json().getJsonObject("error").getString("code"));
  }
}
