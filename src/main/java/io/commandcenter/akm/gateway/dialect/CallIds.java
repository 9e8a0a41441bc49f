package io.commandcenter.akm.gateway.dialect;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Ids for the tool calls of one conversation, in dialects that may leave them out: a result without
 * an id answers the oldest unanswered call of its tool.
 */
public final class CallIds {
  private final Map<String, String> unanswered = new LinkedHashMap<>();
  private final Set<String> taken = new HashSet<>();
  private int invented;

  /**
   * A call comes.
   *
   * @param id null or blank if the dialect left it out
   * @return its id, else a new one
   */
  public String called(String id, String tool) {
    var known = id == null || id.isBlank() ? invent() : id;
    taken.add(known);
    unanswered.put(known, tool);
    return known;
  }

  private String invent() {
    String id;
    do {
      id = "call_" + invented++;
    } while (taken.contains(id));
    return id;
  }

  /**
   * A result comes.
   *
   * @param id null if the dialect left it out
   * @param tool null if the dialect left it out
   * @return the id of the call that it answers; null if there is none
   */
  public String answered(String id, String tool) {
    if (id != null && taken.contains(id)) {
      unanswered.remove(id);
      return id;
    }
    for (var call : unanswered.entrySet()) {
      if (tool == null || tool.equals(call.getValue())) {
        unanswered.remove(call.getKey());
        return call.getKey();
      }
    }
    return null;
  }
}
