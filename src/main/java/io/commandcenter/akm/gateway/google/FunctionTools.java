package io.commandcenter.akm.gateway.google;

import io.commandcenter.akm.core.chat.Tool;
import io.commandcenter.akm.core.chat.ToolChoice;
import io.commandcenter.akm.gateway.dialect.Bounds;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.commandcenter.akm.gateway.dialect.Members;
import io.commandcenter.akm.gateway.dialect.PlainJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code tools} and {@code toolConfig}. */
final class FunctionTools {
  // What a function returns is for readers; the model sees the result itself.
  private static final Set<String> DECLARATION =
      Set.of(
          "name",
          "description",
          "parameters",
          "parametersJsonSchema",
          "response",
          "responseJsonSchema");
  private static final Map<String, Set<Object>> PLAIN =
      Map.of("behavior", Set.of("UNSPECIFIED", "BLOCKING"));

  private FunctionTools() {}

  static List<Tool> tools(Fields body) {
    var tools = new ArrayList<Tool>();
    for (var tool : Members.objects(body, "tools", Bounds.TOOLS)) {
      // googleSearch, codeExecution, urlContext … run at Google: each is refused by its name.
      tool.checkOnly(Set.of("functionDeclarations"), Map.of());
      Members.objects(tool, "functionDeclarations", Bounds.TOOLS)
          .forEach(one -> tools.add(tool(one)));
    }
    return tools;
  }

  private static Tool tool(Fields declaration) {
    declaration.checkOnly(DECLARATION, PLAIN);
    return new Tool(
        declaration.name("name"), declaration.text("description"), schema(declaration), null);
  }

  private static Map<String, Object> schema(Fields declaration) {
    var openApi = declaration.object("parameters");
    var json = declaration.object("parametersJsonSchema");
    if (openApi != null && json != null) {
      throw declaration.refusal("parameters", "and parametersJsonSchema exclude each other");
    }
    if (openApi != null) {
      return OpenApiSchema.jsonSchema(PlainJson.of(openApi.json()));
    }
    return json == null
        ? Map.of("type", "object", "properties", Map.of())
        : PlainJson.of(json.json());
  }

  static ToolChoice choice(Fields body, List<Tool> tools) {
    var config = body.object("toolConfig");
    if (config == null) {
      return null;
    }
    config.checkOnly(
        Set.of("functionCallingConfig"), Map.of("includeServerSideToolInvocations", Set.of(false)));
    var calling = config.object("functionCallingConfig");
    if (calling == null) {
      return null;
    }
    calling.checkOnly(
        Set.of("mode", "allowedFunctionNames"),
        // A call is told at once here in any case.
        Map.of("streamFunctionCallArguments", Set.of(true, false)));
    var mode = mode(calling);
    if (mode == ToolChoice.Mode.REQUIRED && tools.isEmpty()) {
      throw calling.refusal("mode", "asks for a call, but there are no functions");
    }
    return mode == null || tools.isEmpty()
        ? null
        : new ToolChoice(mode, names(calling, mode, tools), null);
  }

  private static ToolChoice.Mode mode(Fields calling) {
    var mode = calling.text("mode");
    return switch (mode == null ? "MODE_UNSPECIFIED" : mode) {
      case "MODE_UNSPECIFIED" -> {
        calling.checkOnly(Set.of("mode", "streamFunctionCallArguments"), Map.of());
        yield null;
      }
      case "AUTO" -> ToolChoice.Mode.AUTO;
      case "ANY" -> ToolChoice.Mode.REQUIRED;
      case "NONE" -> ToolChoice.Mode.NONE;
      // Calls that are sure to follow their schema, or a text: only Google has this.
      default -> throw calling.refusal("mode", "must be AUTO, ANY or NONE to go elsewhere");
    };
  }

  private static List<String> names(Fields calling, ToolChoice.Mode mode, List<Tool> tools) {
    var names = calling.texts("allowedFunctionNames");
    if (!names.isEmpty() && mode != ToolChoice.Mode.REQUIRED) {
      throw calling.refusal("allowedFunctionNames", "is only for mode ANY");
    }
    var declared = tools.stream().map(Tool::name).toList();
    if (!declared.containsAll(names)) {
      throw calling.refusal("allowedFunctionNames", "names a function that is not declared");
    }
    return names;
  }
}
