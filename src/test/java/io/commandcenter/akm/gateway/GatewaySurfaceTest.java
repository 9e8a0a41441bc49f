package io.commandcenter.akm.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.RouteRequest;
import io.commandcenter.akm.contract.RouterCalls;
import io.commandcenter.akm.contract.RouterCalls.Message;
import io.commandcenter.akm.http.FakeRooms;
import io.commandcenter.akm.http.Listening;
import io.commandcenter.akm.http.Tokens;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewaySurfaceTest {
  private static final String CHAT = "/v1/chat/completions";
  private static final String MESSAGES = "/v1/messages";

  private static Listening server;
  private static FakeRooms rooms;

  @BeforeAll
  static void start() {
    server = new Listening();
    rooms = new FakeRooms(server.bus).all();
    server.start(
        new GatewaySurface(
            server.vertx,
            server.bus,
            new FakeExchanges(),
            server.config,
            java.time.Clock.systemUTC()));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void forget() {
    rooms.asked.clear();
    rooms.failing.clear();
  }

  private static JsonObject user(Object content) {
    return new JsonObject().put("role", "user").put("content", content);
  }

  private static JsonObject chat() {
    return new JsonObject().put("model", "gpt-x").put("messages", new JsonArray().add(user("Hi")));
  }

  private static HttpResponse<Buffer> post(String path, JsonObject body) {
    return server.post(path, Tokens.CLIENT, body);
  }

  private static RouteRequest routed() {
    return rooms.asked(RouterCalls.ROUTE);
  }

  @Test
  void translatesAChatRequest() {
    var parts =
        new JsonArray()
            .add(new JsonObject().put("type", "text").put("text", "one"))
            .add(new JsonObject().put("type", "text").put("text", "two"));
    var body =
        chat()
            .put(
                "messages",
                new JsonArray()
                    .add(new JsonObject().put("role", "developer").put("content", "be brief"))
                    .add(user(parts))
                    .add(
                        new JsonObject()
                            .put("role", "assistant")
                            .put("content", "three")
                            .putNull("refusal")))
            .put("max_completion_tokens", 50)
            .put("temperature", 1)
            .put("stop", "END")
            .put("user", "u1")
            .put("stream", false)
            .put("n", 1)
            .putNull("tools");
    assertEquals(200, post(CHAT, body).statusCode());
    assertEquals(
        List.of(
            new Message("system", "be brief"),
            new Message("user", "one\ntwo"),
            new Message("assistant", "three")),
        routed().messages());
    assertEquals("gpt-x", routed().model());
    assertEquals(50, routed().maxOutputTokens());
    assertEquals(1.0, routed().temperature());
    assertEquals(List.of("END"), routed().stop());
    assertEquals("tok_client", routed().principal());
  }

  @ParameterizedTest
  @CsvSource({"auto,chat,", "task:analysis,analysis,", "openai/gpt-x,,openai/gpt-x"})
  void resolvesAModelName(String name, String task, String model) {
    post(CHAT, chat().put("model", name));
    assertEquals(task, routed().task());
    assertEquals(model, routed().model());
  }

  @Test
  void answersAChatInTheCallersDialect() {
    var answer = post(CHAT, chat()).bodyAsJsonObject();
    assertEquals("chat.completion", answer.getString("object"));
    assertEquals("claude-x", answer.getString("model"));
    assertEquals(FakeRooms.NOW.getEpochSecond(), answer.getLong("created"));
    var choice = answer.getJsonArray("choices").getJsonObject(0);
    assertEquals("Hello", choice.getJsonObject("message").getString("content"));
    assertEquals("length", choice.getString("finish_reason"));
    var usage = answer.getJsonObject("usage");
    assertEquals(14, usage.getInteger("prompt_tokens"));
    assertEquals(5, usage.getInteger("completion_tokens"));
    assertEquals(2, usage.getJsonObject("prompt_tokens_details").getInteger("cached_tokens"));
  }

  @Test
  void saysInHeadersWhoAnsweredAndWhatItCost() {
    var answer = post(CHAT, chat());
    assertEquals("anthropic", answer.getHeader("x-akm-provider"));
    assertEquals("claude-x", answer.getHeader("x-akm-model"));
    assertEquals("0.0125", answer.getHeader("x-akm-cost-usd"));
    assertEquals("2", answer.getHeader("x-akm-attempts"));
    assertEquals("dec_1", answer.getHeader("x-akm-decision"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"stream\":true}|stream",
        "{\"n\":2}|n",
        "{\"tools\":[{\"type\":\"function\"}]}|tools",
        "{\"response_format\":{\"type\":\"json_object\"}}|response_format",
        "{\"top_p\":0.5}|top_p",
        "{\"seed\":1}|seed",
        "{\"Sekret <b>\":1}|?",
        "{\"model\":\"\"}|model",
        "{\"model\":7}|model",
        "{\"messages\":[]}|messages",
        "{\"messages\":[\"hi\"]}|messages",
        "{\"messages\":[{\"role\":\"tool\",\"content\":\"x\"}]}|messages[0].role",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"x\",\"name\":\"n\"}]}|messages[0].name",
        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]}]}"
            + "|messages[0].content[0].type",
        "{\"messages\":[{\"role\":\"user\",\"content\":null}]}|messages[0].content",
        "{\"max_tokens\":1,\"max_completion_tokens\":1}|max_tokens",
        "{\"max_tokens\":1.5}|max_tokens",
        "{\"temperature\":\"hot\"}|temperature",
        "{\"stop\":[1]}|stop"
      })
  void refusesWhatItDoesNotCarryOutAndNamesTheField(String change, String field) {
    var answer = post(CHAT, chat().mergeIn(new JsonObject(change)));
    assertEquals(400, answer.statusCode());
    var error = answer.bodyAsJsonObject().getJsonObject("error");
    assertEquals("invalid_request_error", error.getString("type"));
    assertEquals(field, error.getString("param"));
    assertTrue(error.getString("message").contains("`" + field + "`"));
    assertTrue(rooms.asked.isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "UNKNOWN_MODEL,404,invalid_request_error",
    "BUDGET_EXCEEDED,402,insufficient_quota",
    "RATE_LIMITED,429,rate_limit_error",
    "PROVIDER_FAILED,502,server_error"
  })
  void showsAFailureInTheCallersDialect(Code code, int status, String type) {
    rooms.failing.put(
        RouterCalls.ROUTE.address(), new Failure(code, "no").with(Failure.RETRY_AFTER_MS, 10_000));
    var answer = post(CHAT, chat());
    assertEquals(status, answer.statusCode());
    assertEquals("10", answer.getHeader("Retry-After"));
    var error = answer.bodyAsJsonObject().getJsonObject("error");
    assertEquals(type, error.getString("type"));
    assertEquals(code.slug(), error.getString("code"));
    assertEquals(code == Code.UNKNOWN_MODEL ? "model" : null, error.getString("param"));
  }

  @Test
  void showsTheGatesRefusalsInTheCallersDialect() {
    var none = server.post(CHAT, null, chat());
    assertEquals(401, none.statusCode());
    assertEquals(
        "authentication_error", none.bodyAsJsonObject().getJsonObject("error").getString("type"));
    var low = server.post(MESSAGES, Tokens.READ_ONLY, chat());
    assertEquals(403, low.statusCode());
    assertEquals("error", low.bodyAsJsonObject().getString("type"));
    assertEquals(
        "permission_error", low.bodyAsJsonObject().getJsonObject("error").getString("type"));
    var readOnly = server.post(CHAT, Tokens.READ_ONLY, chat());
    assertEquals(
        "permission_error", readOnly.bodyAsJsonObject().getJsonObject("error").getString("type"));
  }

  @Test
  void refusesBrokenJsonAndOtherTypes() {
    assertEquals(400, server.postText(CHAT, Tokens.CLIENT, "application/json", "{").statusCode());
    assertEquals(415, server.postText(CHAT, Tokens.CLIENT, "text/plain", "{}").statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"float", "base64"})
  void embedsInTheAskedEncoding(String encoding) {
    var body =
        new JsonObject().put("model", "auto").put("input", "a").put("encoding_format", encoding);
    var answer = post("/v1/embeddings", body).bodyAsJsonObject();
    assertEquals(List.of("a"), routed().input());
    assertEquals("embeddings", routed().task());
    var row = answer.getJsonArray("data").getJsonObject(0);
    Object expected =
        encoding.equals("float") ? new JsonArray().add(0.5).add(-1.0) : "AAAAPwAAgL8=";
    assertEquals(expected, row.getValue("embedding"));
    assertEquals(19, answer.getJsonObject("usage").getInteger("prompt_tokens"));
  }

  @Test
  void embedsSeveralTexts() {
    var body = new JsonObject().put("model", "m").put("input", new JsonArray().add("a").add("b"));
    assertEquals(200, post("/v1/embeddings", body).statusCode());
    assertEquals(List.of("a", "b"), routed().input());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\":\"m\"}",
        "{\"model\":\"m\",\"input\":[1,2]}",
        "{\"model\":\"m\",\"input\":\"a\",\"dimensions\":5}"
      })
  void refusesAnEmbeddingItCannotMake(String body) {
    var answer = post("/v1/embeddings", new JsonObject(body));
    assertEquals(400, answer.statusCode());
    assertTrue(answer.bodyAsJsonObject().getJsonObject("error").getString("param") != null);
  }

  @Test
  void listsWhatMayStandInModel() {
    var list = server.get("/v1/models", Tokens.READ_ONLY).bodyAsJsonObject().getJsonArray("data");
    var ids = list.stream().map(model -> ((JsonObject) model).getString("id")).toList();
    assertEquals(List.of("auto", "task:chat", "anthropic/claude-x"), ids);
  }

  @Test
  void translatesAnthropicMessages() {
    var system =
        new JsonArray()
            .add(
                new JsonObject()
                    .put("type", "text")
                    .put("text", "be brief")
                    .put("cache_control", new JsonObject().put("type", "ephemeral")));
    var body =
        chat()
            .put("max_tokens", 9)
            .put("system", system)
            .put("stop_sequences", new JsonArray().add("END"));
    var answer =
        Listening.await(
            server
                .request(HttpMethod.POST, MESSAGES, null)
                .putHeader("x-api-key", Tokens.CLIENT)
                .sendJsonObject(body));
    assertEquals(200, answer.statusCode());
    assertEquals(
        List.of(new Message("system", "be brief"), new Message("user", "Hi")), routed().messages());
    assertEquals(9, routed().maxOutputTokens());
    var message = answer.bodyAsJsonObject();
    assertEquals("message", message.getString("type"));
    assertEquals("max_tokens", message.getString("stop_reason"));
    assertEquals("Hello", message.getJsonArray("content").getJsonObject(0).getString("text"));
    var usage = message.getJsonObject("usage");
    assertEquals(10, usage.getInteger("input_tokens"));
    assertEquals(2, usage.getInteger("cache_creation_input_tokens"));
    assertEquals(2, usage.getInteger("cache_read_input_tokens"));
    assertEquals("anthropic", answer.getHeader("x-akm-provider"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"max_tokens\":1,\"stream\":true}",
        "{\"max_tokens\":1,\"top_k\":1}",
        "{\"max_tokens\":1,\"messages\":[{\"role\":\"system\",\"content\":\"x\"}]}"
      })
  void refusesAnAnthropicRequestItDoesNotCarryOut(String change) {
    var answer = post(MESSAGES, chat().mergeIn(new JsonObject(change)));
    assertEquals(400, answer.statusCode());
    var error = answer.bodyAsJsonObject().getJsonObject("error");
    assertEquals("invalid_request_error", error.getString("type"));
    assertNull(rooms.asked.get(RouterCalls.ROUTE.address()));
  }

  @ParameterizedTest
  @CsvSource({
    "UNAUTHENTICATED,authentication_error",
    "BUDGET_EXCEEDED,billing_error",
    "UNKNOWN_MODEL,not_found_error",
    "TOO_LARGE,request_too_large",
    "RATE_LIMITED,rate_limit_error",
    "NO_CANDIDATE,overloaded_error",
    "DEADLINE_EXCEEDED,timeout_error",
    "PROVIDER_FAILED,api_error"
  })
  void showsAFailureInAnthropicsWords(Code code, String type) {
    rooms.failing.put(RouterCalls.ROUTE.address(), new Failure(code, "no"));
    var answer = post(MESSAGES, chat().put("max_tokens", 1));
    assertEquals(code.httpStatus(), answer.statusCode());
    var body = answer.bodyAsJsonObject();
    assertEquals(type, body.getJsonObject("error").getString("type"));
    assertEquals(answer.getHeader("x-request-id"), body.getString("request_id"));
  }
}
