package io.commandcenter.akm.gateway.openai;

import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.gateway.dialect.Fields;
import java.util.regex.Pattern;

/** Images and files where they are named by URL: on the web, or inside the URL itself. */
final class DataUrl {
  private static final Pattern HEAD =
      Pattern.compile("data:([\\w.+-]{1,64}/[\\w.+-]{1,64})(;[\\w.+=-]{1,64})*;base64");
  private static final int LONGEST_HEAD = 256;

  private DataUrl() {}

  /** An https: or data: URL. */
  static Part.Source source(Fields fields, String name, String mediaType) {
    var url = fields.requiredText(name);
    if (url.startsWith("https://") || url.startsWith("http://")) {
      return new Part.Url(url, mediaType);
    }
    return inline(fields, name, url);
  }

  /** A data: URL with its bytes in base64. */
  static Part.Inline inline(Fields fields, String name, String url) {
    int comma = url.substring(0, Math.min(url.length(), LONGEST_HEAD)).indexOf(',');
    if (comma > 0) {
      var head = HEAD.matcher(url.substring(0, comma));
      if (head.matches() && comma + 1 < url.length()) {
        return new Part.Inline(head.group(1), url.substring(comma + 1));
      }
    }
    throw fields.refusal(name, "must be a URL, or data:<media type>;base64,<data>");
  }
}
