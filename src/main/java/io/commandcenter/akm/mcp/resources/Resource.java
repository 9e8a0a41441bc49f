package io.commandcenter.akm.mcp.resources;

import io.commandcenter.akm.contract.Principal;
import io.commandcenter.akm.contract.Scope;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** A document, or a family of documents, that clients may read. */
public interface Resource {
  Card card();

  /**
   * The document as it is now.
   *
   * @return fails with a {@link io.commandcenter.akm.contract.Failure}, NOT_FOUND if there is none;
   *     may also throw one
   */
  Future<Document> read(Reading reading);

  /**
   * @param uri or, with {@code {names}} in it, a template of RFC 6570 level 1
   * @param scope what the reader's token must include
   */
  record Card(String uri, String name, String title, String description, Scope scope) {
    public Card {
      if (scope == null) {
        throw new IllegalStateException("resource " + uri + " declares no scope");
      }
    }

    public boolean isTemplate() {
      return uri.contains("{");
    }
  }

  /**
   * @param uri as it was asked for
   * @param variables of a template, decoded
   */
  record Reading(String uri, Map<String, String> variables, Principal reader) {
    public Reading {
      variables = Map.copyOf(variables);
    }
  }

  /**
   * @param markdown the same for a reader, tables where there are rows
   */
  record Document(JsonObject json, String markdown) {}
}
