package io.commandcenter.akm.e2e;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** Every call of the gateway that goes to a provider. */
enum GatewayCall {
  CHAT("/v1/chat/completions", "'messages':[{'role':'user','content':TEXT}]", true),
  RESPONSES("/v1/responses", "'input':TEXT", true),
  COMPLETIONS("/v1/completions", "'prompt':TEXT", true),
  MESSAGES("/v1/messages", "'max_tokens':500,'messages':[{'role':'user','content':TEXT}]", true),
  GOOGLE("/v1beta/models/MODEL:METHOD", "'contents':[{'parts':[{'text':TEXT}]}]", true),
  OLLAMA_CHAT("/api/chat", "'messages':[{'role':'user','content':TEXT}]", true),
  OLLAMA_GENERATE("/api/generate", "'prompt':TEXT", true),
  EMBEDDINGS("/v1/embeddings", "'input':[TEXT]", false),
  COUNT("/v1/messages/count_tokens", "'messages':[{'role':'user','content':TEXT}]", false),
  GOOGLE_EMBED("/v1beta/models/MODEL:embedContent", "'content':{'parts':[{'text':TEXT}]}", false),
  GOOGLE_COUNT("/v1/models/MODEL:countTokens", "'contents':[{'parts':[{'text':TEXT}]}]", false),
  OLLAMA_EMBED("/api/embed", "'input':[TEXT]", false);

  private final String path;
  private final String members;
  private final boolean streams;

  GatewayCall(String path, String members, boolean streams) {
    this.path = path;
    this.members = members;
    this.streams = streams;
  }

  /** Those whose answer may be streamed, from any provider. */
  static List<GatewayCall> chats() {
    return List.of(CHAT, RESPONSES, MESSAGES, GOOGLE, OLLAMA_CHAT, OLLAMA_GENERATE);
  }

  /**
   * @param model as it is to stand in the path, if it stands there
   */
  String path(String model, boolean stream) {
    return path.replace("MODEL", model)
        .replace("METHOD", stream ? "streamGenerateContent?alt=sse" : "generateContent");
  }

  private boolean isNamedInPath() {
    return path.contains("MODEL");
  }

  String body(String model, boolean stream, String text) {
    var body = new StringBuilder("{");
    if (!isNamedInPath()) {
      body.append("\"model\":").append(quoted(model)).append(',');
    }
    if (streams && !isNamedInPath()) {
      body.append("\"stream\":").append(stream).append(',');
    }
    return body.append(members.replace('\'', '"').replace("TEXT", quoted(text)))
        .append('}')
        .toString();
  }

  private static String quoted(String text) {
    var object = new JsonObject().put("x", text).encode();
    return object.substring(object.indexOf(':') + 1, object.length() - 1);
  }
}
