package io.commandcenter.akm.provider.wire;

import io.commandcenter.akm.core.chat.ChatRequest;
import io.commandcenter.akm.core.chat.Tool;
import io.commandcenter.akm.core.chat.ToolChoice;
import java.util.List;

/**
 * The tools of a request as most providers take them: those that may not be called are left away,
 * instead of naming those that may.
 *
 * @param tools that may be called
 * @param forced the one tool that must be called, or null
 * @param mode null if it is left to the provider, or there are no tools
 * @param parallel false for at most one call a turn; null if not said, or there are no tools
 */
public record Toolbox(List<Tool> tools, String forced, ToolChoice.Mode mode, Boolean parallel) {
  public Toolbox {
    tools = List.copyOf(tools);
  }

  public static Toolbox of(ChatRequest request) {
    var choice = request.toolChoice();
    if (choice == null || request.tools().isEmpty()) {
      return new Toolbox(request.tools(), null, null, null);
    }
    var names = choice.names();
    var required = choice.mode() == ToolChoice.Mode.REQUIRED;
    // Of one forced tool all others stay: what is sent before is then the same as ever.
    var forced = required && names.size() == 1 ? names.get(0) : null;
    var tools =
        names.isEmpty() || forced != null
            ? request.tools()
            : request.tools().stream().filter(tool -> names.contains(tool.name())).toList();
    return new Toolbox(tools, forced, choice.mode(), choice.parallel());
  }

  public boolean isEmpty() {
    return tools.isEmpty();
  }

  /** Whether the model is not free to answer without a call. */
  public boolean isForced() {
    return mode == ToolChoice.Mode.REQUIRED;
  }

  /** Whether the model may call none of the tools. */
  public boolean isForbidden() {
    return mode == ToolChoice.Mode.NONE;
  }

  /** Whether at most one call a turn is wanted. */
  public boolean oneAtATime() {
    return Boolean.FALSE.equals(parallel) && !isForbidden();
  }
}
