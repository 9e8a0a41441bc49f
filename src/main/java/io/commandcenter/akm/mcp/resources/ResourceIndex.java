package io.commandcenter.akm.mcp.resources;

import io.commandcenter.akm.mcp.tools.KeyGuard;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the resource that a URI means; templates are those of RFC 6570 level 1. */
public final class ResourceIndex {
  /** Characters; a longer URI means nothing here. */
  public static final int MAX_URI = 512;

  private static final int MAX_VALUE = 128;
  private static final Pattern VARIABLE = Pattern.compile("\\{([a-z_]+)}");
  // What an expansion of level 1 can consist of. Possessive: it never backtracks.
  private static final String VALUE = "((?:[A-Za-z0-9._~-]|%[0-9A-Fa-f]{2})++)";
  // Nothing that could climb out of its segment, or break a line, once it is decoded.
  private static final Pattern UNSAFE =
      Pattern.compile(".*[/\\\\\\p{Cntrl}\\p{Zl}\\p{Zp}].*|\\.{1,2}", Pattern.DOTALL);

  /**
   * @param variables of a template, decoded
   */
  public record Match(Resource resource, Map<String, String> variables) {
    public Match {
      variables = Map.copyOf(variables);
    }
  }

  private record Template(Resource resource, Pattern pattern, List<String> names) {}

  private final Map<String, Resource> plain;
  private final List<Template> templates;

  public ResourceIndex(List<Resource> resources) {
    plain =
        resources.stream()
            .filter(resource -> !resource.card().isTemplate())
            .collect(Collectors.toUnmodifiableMap(one -> one.card().uri(), Function.identity()));
    templates =
        resources.stream()
            .filter(resource -> resource.card().isTemplate())
            .map(ResourceIndex::template)
            .toList();
  }

  /**
   * The resource, or empty if the URI is none of ours: unknown, overlong, or not well encoded.
   *
   * @throws io.commandcenter.akm.contract.Failure KEY_IN_ARGUMENT if a key stands in it
   */
  public Optional<Match> find(String uri) {
    if (uri == null || uri.length() > MAX_URI) {
      return Optional.empty();
    }
    KeyGuard.refuseKeys(uri);
    var exact = plain.get(uri);
    if (exact != null) {
      return Optional.of(new Match(exact, Map.of()));
    }
    return templates.stream().flatMap(template -> match(template, uri).stream()).findFirst();
  }

  private static Optional<Match> match(Template template, String uri) {
    var found = template.pattern.matcher(uri);
    if (!found.matches()) {
      return Optional.empty();
    }
    var variables = new LinkedHashMap<String, String>();
    for (int i = 0; i < template.names.size(); i++) {
      var value = decoded(found.group(i + 1));
      if (value.isEmpty()) {
        return Optional.empty();
      }
      variables.put(template.names.get(i), value.get());
    }
    return Optional.of(new Match(template.resource, variables));
  }

  /** Empty if it is no UTF-8, or if it is unsafe. */
  private static Optional<String> decoded(String value) {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(bytes(value)).toString();
      KeyGuard.refuseKeys(text);
      boolean unsafe = text.length() > MAX_VALUE || UNSAFE.matcher(text).matches();
      return unsafe ? Optional.empty() : Optional.of(text);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** The pattern has let pass only ASCII and whole escapes. */
  private static ByteBuffer bytes(String value) {
    var bytes = ByteBuffer.allocate(value.length());
    for (int i = 0; i < value.length(); i++) {
      boolean escape = value.charAt(i) == '%';
      bytes.put((byte) (escape ? HexFormat.fromHexDigits(value, i + 1, i + 3) : value.charAt(i)));
      i += escape ? 2 : 0;
    }
    return bytes.flip();
  }

  private static Template template(Resource resource) {
    var uri = resource.card().uri();
    var names = VARIABLE.matcher(uri).results().map(found -> found.group(1)).toList();
    var pattern =
        Pattern.compile(
            VARIABLE.splitAsStream(uri).map(Pattern::quote).collect(Collectors.joining(VALUE))
                + (uri.endsWith("}") ? VALUE : ""));
    return new Template(resource, pattern, names);
  }
}
