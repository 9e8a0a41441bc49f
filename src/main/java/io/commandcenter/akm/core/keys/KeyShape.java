package io.commandcenter.akm.core.keys;

import java.util.regex.Pattern;

/** Whether a text holds something that looks like a provider's key. A guess: shapes change. */
public final class KeyShape {
  private static final String START = "(?<![A-Za-z0-9_-])(?:";
  private static final Pattern KEY =
      Pattern.compile(
          START
              + String.join(
                  "|",
                  "sk-ant-(?:api03|admin01)-[A-Za-z0-9_-]{93}AA",
                  "sk-ant-oat01-[A-Za-z0-9_-]{20,}",
                  "sk-or-v1-[0-9a-f]{64}",
                  "sk-(?:proj|svcacct|service|admin)-[A-Za-z0-9_-]{20,}",
                  "sk-[A-Za-z0-9]+T3BlbkFJ[A-Za-z0-9_-]+",
                  "sk-[a-z0-9]{32}",
                  "AIza[A-Za-z0-9_-]{35}",
                  "AQ\\.[A-Za-z0-9_-]{20,}",
                  "gsk_[A-Za-z0-9]{52}",
                  "xai-[0-9A-Za-z_]{80}",
                  "pplx-[A-Za-z0-9]{48}",
                  "ABSK[A-Za-z0-9+/]{109,269}={0,2}",
                  "bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t[A-Za-z0-9+/=]*")
              + ")");

  private KeyShape() {}

  public static boolean looksLikeKey(String text) {
    return KEY.matcher(text).find();
  }
}
