package io.commandcenter.akm.gateway.google;

import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.gateway.dialect.Fields;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads the bytes and addresses of images, documents and sound. */
final class Media {
  private static final Set<String> SOUND =
      Set.of("audio/wav", "audio/x-wav", "audio/wave", "audio/mp3", "audio/mpeg");

  private Media() {}

  /**
   * @param detail of images; null if not said
   */
  static Part inline(Fields blob, String detail) {
    blob.checkOnly(Set.of("mimeType", "data", "displayName"), Map.of());
    var type = type(blob);
    // Google's clients also send the alphabet that is safe in addresses; others take only this.
    var data = blob.requiredText("data").replace('-', '+').replace('_', '/');
    if (SOUND.contains(type)) {
      return new Part.Audio(type.contains("wav") ? "wav" : "mp3", data);
    }
    return seen(blob, type, new Part.Inline(type, data), detail);
  }

  static Part file(Fields file, String detail) {
    file.checkOnly(Set.of("mimeType", "fileUri", "displayName"), Map.of());
    var uri = file.requiredText("fileUri");
    if (!uri.startsWith("https://") || uri.startsWith("https://generativelanguage.")) {
      throw file.refusal(
          "fileUri",
          "names a file that only Google can read; send its bytes or a public https address");
    }
    var type = type(file);
    return seen(file, type, new Part.Url(uri, type), detail);
  }

  private static Part seen(Fields at, String type, Part.Source source, String detail) {
    if (type.startsWith("image/")) {
      return new Part.Image(source, detail);
    }
    if (type.equals("application/pdf") || type.startsWith("text/")) {
      return new Part.Document(source, at.text("displayName"));
    }
    throw at.refusal(
        "mimeType", "must be of an image, a PDF, a text, or WAV or MP3 sound to go elsewhere");
  }

  private static String type(Fields at) {
    return at.requiredText("mimeType").toLowerCase(Locale.ROOT);
  }
}
