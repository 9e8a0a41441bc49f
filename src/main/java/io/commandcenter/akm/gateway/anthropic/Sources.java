package io.commandcenter.akm.gateway.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.gateway.dialect.Fields;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/** Where an image's or a document's bytes are. */
final class Sources {
  private static final String PDF = "application/pdf";

  private Sources() {}

  static Part.Source ofImage(Fields source) {
    return switch (source.requiredText("type")) {
      case "base64" -> base64(source);
      case "url" -> url(source, null);
      case "file" -> file(source);
      default -> throw source.refusal("type", "must be base64, url or file");
    };
  }

  static Part.Source ofDocument(Fields source) {
    return switch (source.requiredText("type")) {
      case "base64" -> base64(source);
      case "text" -> text(source);
      case "url" -> url(source, PDF);
      case "file" -> file(source);
      default -> throw source.refusal("type", "must be base64, text, url or file");
    };
  }

  private static Part.Source base64(Fields source) {
    source.checkOnly(Set.of("type", "media_type", "data"), Map.of());
    return new Part.Inline(mediaType(source), source.requiredText("data"));
  }

  private static Part.Source text(Fields source) {
    source.checkOnly(Set.of("type", "media_type", "data"), Map.of());
    var data = source.requiredText("data").getBytes(UTF_8);
    return new Part.Inline(mediaType(source), Base64.getEncoder().encodeToString(data));
  }

  private static String mediaType(Fields source) {
    var type = source.name("media_type");
    if (!type.matches("[\\w.+-]+/[\\w.+-]+")) {
      throw source.refusal("media_type", "must be a media type, for example image/png");
    }
    return type;
  }

  private static Part.Source url(Fields source, String mediaType) {
    source.checkOnly(Set.of("type", "url"), Map.of());
    var url = source.requiredText("url");
    if (!url.startsWith("https://") && !url.startsWith("http://")) {
      throw source.refusal("url", "must begin with https://");
    }
    return new Part.Url(url, mediaType);
  }

  private static Part.Source file(Fields source) {
    source.checkOnly(Set.of("type", "file_id"), Map.of());
    return new Part.FileId(source.name("file_id"));
  }
}
