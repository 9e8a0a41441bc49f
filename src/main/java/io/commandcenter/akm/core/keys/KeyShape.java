package io.commandcenter.akm.core.keys;

import java.util.regex.Pattern;

/** Whether a text holds something that has the shape of a provider's key. */
public final class KeyShape {
  private static final Pattern KEY =
      Pattern.compile(
          "(?<![A-Za-z0-9_-])(?:"
              + "sk-ant-[a-z]{3,10}\\d{2}-[A-Za-z0-9_-]{16,}"
              + "|sk-(?:proj|svcacct|service|admin)-[A-Za-z0-9_-]{16,}"
              + "|sk-or-v1-[0-9a-f]{32,}"
              + "|sk-[A-Za-z0-9]{20,}"
              + "|AIza[A-Za-z0-9_-]{35}"
              + "|AQ\\.[A-Za-z0-9_-]{20,}"
              + "|gsk_[A-Za-z0-9]{40,}"
              + "|xai-[0-9A-Za-z_]{40,}"
              + "|pplx-[A-Za-z0-9]{40,}"
              + "|hf_[A-Za-z]{34}"
              + "|tgp_v1_[A-Za-z0-9_-]{43}"
              + "|ABSK[A-Za-z0-9+/]{109,269}={0,2}"
              + "|bedrock-api-key-[A-Za-z0-9+/=]{20,}"
              + ")");

  private KeyShape() {}

  public static boolean looksLikeKey(String text) {
    return text != null && KEY.matcher(text).find();
  }
}
