package io.commandcenter.akm.mcp.tools;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** What became of one call of a tool. */
public sealed interface ToolAnswer {
  static Told of(JsonObject structured, String text) {
    return new Told(structured, text, List.of());
  }

  /**
   * The call is done.
   *
   * @param structured fits the tool's output schema
   * @param text the same for a reader: sentences or a table
   * @param links resources that hold more of it
   */
  record Told(JsonObject structured, String text, List<Link> links) implements ToolAnswer {
    public Told {
      links = List.copyOf(links);
    }
  }

  /** A resource that the reader may want next. */
  record Link(String uri, String name, String description) {}

  /**
   * A person has to open a page first; then the tool is called again with the same arguments and
   * the person's {@link Person.Reply}. Only for a {@link Person} that can be asked.
   *
   * @param message tells the person what the page is for
   * @param id names the page; the client is told under it when the person is done
   * @param memory handed back with the reply; the client may see it, nobody can change it
   */
  record Opening(String message, String url, String id, JsonObject memory) implements ToolAnswer {}
}
