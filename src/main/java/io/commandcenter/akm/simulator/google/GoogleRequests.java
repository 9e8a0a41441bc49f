package io.commandcenter.akm.simulator.google;

import io.commandcenter.akm.simulator.wire.Ask;
import io.commandcenter.akm.simulator.wire.Conversation;
import io.commandcenter.akm.simulator.wire.Dialect.Malformed;
import io.commandcenter.akm.simulator.wire.Incoming;
import io.commandcenter.akm.simulator.wire.Texts;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the calls of one model, as strictly as Google does. */
final class GoogleRequests {
  static final String SSE = "sse";
  static final String ARRAY = "array";
  static final String BATCH = "batch";
  static final String ONE = "one";

  private static final Pattern CALL =
      Pattern.compile("/v1(?:beta)?/models/([A-Za-z0-9._-]+):([A-Za-z]+)");

  private GoogleRequests() {}

  static Ask read(Incoming request) {
    var call = CALL.matcher(request.path());
    if (!call.matches()) {
      throw new Malformed("Unknown method");
    }
    var model = call.group(1);
    var body = request.body();
    return switch (call.group(2)) {
      case "generateContent" -> chat(model, body, false, ONE);
      case "streamGenerateContent" -> chat(model, body, true, form(request.query()));
      case "countTokens" -> count(model, body);
      case "embedContent" -> embed(model, List.of(body), ONE);
      case "batchEmbedContents" -> embed(model, batch(model, body), BATCH);
      default -> throw new Malformed("Unknown method");
    };
  }

  private static String form(String query) {
    return query != null && List.of(query.split("&")).contains("alt=sse") ? SSE : ARRAY;
  }

  private static Ask.Count count(String model, JsonObject body) {
    var counted =
        body.containsKey("generateContentRequest")
            ? Texts.object(body, "generateContentRequest")
            : body;
    return new Ask.Count(model, conversation(model, counted).ask().all());
  }

  private static Ask.Chat chat(String model, JsonObject body, boolean streams, String form) {
    var settings = Texts.object(body, "generationConfig");
    var thinking = Texts.object(settings, "thinkingConfig");
    return conversation(model, body)
        .limit(
            Texts.limit(settings, "maxOutputTokens"),
            Texts.optionalInputs(settings, "stopSequences"))
        .tools(tools(body))
        .json(schema(settings))
        .thinks(thinking.getBoolean("includeThoughts", false))
        .streams(streams, true)
        .form(form)
        .ask();
  }

  private static JsonObject schema(JsonObject settings) {
    if (!"application/json".equals(settings.getValue("responseMimeType"))) {
      return null;
    }
    return settings.containsKey("responseJsonSchema")
        ? Texts.object(settings, "responseJsonSchema")
        : Texts.object(settings, "responseSchema");
  }

  private static Conversation conversation(String model, JsonObject body) {
    var chat = new Conversation(model);
    if (body.getValue("systemInstruction") != null) {
      chat.system(parts(chat, body.getValue("systemInstruction")));
    }
    for (var content : Texts.objects(body, "contents")) {
      var role = content.getString("role", "user");
      if (!role.equals("user") && !role.equals("model")) {
        throw new Malformed("Please use a valid role: user, model.");
      }
      var text = parts(chat, content);
      if (!role.equals("user")) {
        chat.assistant(text);
      } else if (!text.isEmpty()) {
        chat.user(text);
      }
    }
    return chat;
  }

  private static String parts(Conversation chat, Object content) {
    if (!(content instanceof JsonObject object)) {
      throw new Malformed("content: Field required");
    }
    var texts = new ArrayList<String>();
    Texts.objects(object, "parts").forEach(part -> texts.add(part(chat, part)));
    return Texts.joined(texts);
  }

  /** Calls and their results belong together by name: ids are optional. */
  private static String part(Conversation chat, JsonObject part) {
    if (part.containsKey("functionCall")) {
      chat.called(Texts.required(Texts.object(part, "functionCall"), "name"));
    } else if (part.containsKey("functionResponse")) {
      var response = Texts.object(part, "functionResponse");
      if (!(response.getValue("response") instanceof JsonObject result)) {
        throw new Malformed("functionResponse.response: Field required");
      }
      chat.result(Texts.required(response, "name"), result.encode());
    } else if (part.containsKey("inlineData")) {
      var data = Texts.object(part, "inlineData");
      Texts.required(data, "data");
      chat.saw(kind(Texts.required(data, "mimeType")));
    } else if (part.containsKey("fileData")) {
      var data = Texts.object(part, "fileData");
      Texts.required(data, "fileUri");
      chat.saw(kind(data.getString("mimeType", "application/pdf")));
    } else {
      var text = Texts.required(part, "text");
      return part.getBoolean("thought", false) ? "" : text;
    }
    return "";
  }

  private static String kind(String mimeType) {
    if (mimeType.startsWith("image/")) {
      return "image";
    }
    return mimeType.startsWith("audio/") ? "recording" : "document";
  }

  private static Ask.Tools tools(JsonObject body) {
    var offered = new ArrayList<Ask.Tool>();
    for (var tool : Texts.optionalObjects(body, "tools")) {
      for (var declared : Texts.optionalObjects(tool, "functionDeclarations")) {
        var schema =
            declared.containsKey("parametersJsonSchema")
                ? Texts.object(declared, "parametersJsonSchema")
                : subset(Texts.object(declared, "parameters"));
        offered.add(new Ask.Tool(Texts.required(declared, "name"), schema));
      }
    }
    var choice = Texts.object(Texts.object(body, "toolConfig"), "functionCallingConfig");
    var mode = choice.getString("mode", "AUTO");
    var allowed = choice.getValue("allowedFunctionNames") instanceof JsonArray names ? names : null;
    boolean isForced = mode.equals("ANY") && allowed != null && !allowed.isEmpty();
    return new Ask.Tools(
        offered,
        !mode.equals("NONE"),
        mode.equals("ANY"),
        isForced ? allowed.getString(0) : null,
        true);
  }

  private static JsonObject subset(JsonObject schema) {
    for (var refused : List.of("additionalProperties", "$ref", "$schema")) {
      if (schema.containsKey(refused)) {
        throw new Malformed("Unknown name \"" + refused + "\" at 'parameters'");
      }
    }
    return schema;
  }

  private static List<JsonObject> batch(String model, JsonObject body) {
    var requests = Texts.objects(body, "requests");
    for (var request : requests) {
      if (!Texts.required(request, "model").equals("models/" + model)) {
        throw new Malformed("model: must be the model of the path");
      }
    }
    return requests;
  }

  private static Ask.Embed embed(String model, List<JsonObject> requests, String form) {
    var texts = new ArrayList<String>();
    var unused = new Conversation(model);
    requests.forEach(request -> texts.add(parts(unused, request.getValue("content"))));
    Optional<Integer> dimensions = Texts.limit(requests.get(0), "outputDimensionality");
    return new Ask.Embed(model, texts, dimensions, form);
  }
}
