package io.commandcenter.akm.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A simulator that took everything would prove nothing about the requests it is sent. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StrictFormatTest {
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = vertx.createHttpClient();
  private Simulator simulator;

  @BeforeAll
  void start() throws Exception {
    simulator = Simulator.start(vertx).await(10, TimeUnit.SECONDS);
  }

  @AfterAll
  void stop() throws Exception {
    simulator.close().await(10, TimeUnit.SECONDS);
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private int status(String name, HttpMethod method, String path, String body) throws Exception {
    var options =
        new RequestOptions()
            .setMethod(method)
            .setAbsoluteURI("http://" + simulator.provider(name).hostPort() + path)
            .putHeader("anthropic-version", "2023-06-01")
            .putHeader("x-api-key", "k")
            .putHeader("x-goog-api-key", "k")
            .putHeader("authorization", "Bearer k");
    return client
        .request(options)
        .compose(request -> request.send(Buffer.buffer(body.replace('\'', '"'))))
        .compose(response -> response.body().map(response.statusCode()))
        .await(10, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "anthropic|/v1/messages|{'model':'m','messages':[{'role':'user','content':'x'}]}",
        "anthropic|/v1/messages|{'model':'m','max_tokens':1,'messages':[{'role':'system','content':'x'}]}",
        "anthropic|/v1/messages|{'model':'m','max_tokens':0,'messages':[{'role':'user','content':'x'}]}",
        "anthropic|/v1/messages|{'model':'claude-opus-5','temperature':0.1,'max_tokens':1,'messages':[{'role':'user','content':'x'}]}",
        "anthropic|/v1/messages|{'model':'m','max_tokens':1,'messages':[]}",
        "anthropic|/v1/messages|{'model':'m','max_tokens':1,'messages':['x']}",
        "anthropic|/v1/other|{}",
        "openai|/v1/chat/completions|{'model':'gpt-5','max_tokens':1,'messages':[{'role':'user','content':'x'}]}",
        "openai|/v1/chat/completions|{'messages':[{'role':'user','content':'x'}]}",
        "openai|/v1/chat/completions|[]",
        "openai|/v1/chat/completions|{",
        "openai|/v1/embeddings|{'model':'m','input':7}",
        "openai|/chat/completions|{}",
        "google|/v1beta/models/m:generateContent|{'contents':[{'role':'assistant','parts':[{'text':'x'}]}]}",
        "google|/v1beta/models/m:generateContent|{'contents':['x']}",
        "google|/v1beta/models/m:batchEmbedContents|{'requests':[{'model':'models/n','content':{'parts':[{'text':'x'}]}}]}",
        "google|/v1beta/models/m:batchEmbedContents|{'requests':[{'model':'models/m','content':'x'}]}",
        "google|/v2/models/m:generateContent|{}",
        "ollama|/api/chat|{'model':'m','messages':[{'role':'user','content':'x','images':['no base64!']}]}",
        "anthropic|/v1/messages|{'model':'m','max_tokens':9,'messages':[{'role':'user','content':[{'type':'tool_result','tool_use_id':'a','content':'x'}]}]}",
        "anthropic|/v1/messages|{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'x'},{'role':'assistant','content':[{'type':'thinking','thinking':'t','signature':'foreign'}]}]}",
        "openai|/v1/chat/completions|{'model':'m','messages':[{'role':'tool','tool_call_id':'a','content':'x'}]}",
        "openai|/v1/chat/completions|{'model':'m','stream_options':{'include_usage':true},'messages':[{'role':'user','content':'x'}]}",
        "google|/v1beta/models/m:generateContent|{'contents':[{'parts':[{'text':'x'}]}],'tools':[{'functionDeclarations':[{'name':'f','parameters':{'additionalProperties':false}}]}]}",
        "ollama|/api/generate|{}"
      })
  void refusesWhatTheProviderWould(String name, String path, String body) throws Exception {
    assertEquals(400, status(name, HttpMethod.POST, path, body));
  }

  @Test
  void servesTheRestOfTheFormat() throws Exception {
    var content = "{'content':{'parts':[{'text':'x'}]}}";
    assertEquals(200, status("google", HttpMethod.POST, "/v1beta/models/m:embedContent", content));
    assertEquals(200, status("ollama", HttpMethod.GET, "/api/tags", ""));
    var oneText = "{'model':'m','input':'x'}";
    assertEquals(200, status("openai", HttpMethod.POST, "/v1/embeddings", oneText));
  }

  @Test
  void needsAnthropicsVersionHeader() throws Exception {
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(simulator.provider("anthropic").endpoint() + "/v1/messages")
            .putHeader("x-api-key", "k");
    int status =
        client
            .request(options)
            .compose(
                request ->
                    request.send(
                        "{\"model\":\"m\",\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"))
            .map(response -> response.statusCode())
            .await(10, TimeUnit.SECONDS);
    assertEquals(400, status);
  }
}
