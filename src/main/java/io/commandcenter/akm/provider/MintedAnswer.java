package io.commandcenter.akm.provider;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.provider.Minter.Minted;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads a new key out of an answer: it goes from the bytes into a Secret, never into a String. */
final class MintedAnswer {
  private static final JsonFactory JSON = new JsonFactory();

  private MintedAnswer() {}

  /**
   * The bytes of the answer are wiped.
   *
   * @throws Failure PROVIDER_FAILED if it holds no key
   */
  static Minted read(Buffer body, String secretAt, String idAt) {
    var bytes = body.getBytes();
    Secret secret = null;
    String id = null;
    try (var parser = JSON.createParser(bytes)) {
      for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_STRING) {
          var path = path(parser);
          if (path.equals(secretAt)) {
            secret = secret(parser);
          } else if (path.equals(idAt)) {
            id = parser.getText();
          }
        }
      }
    } catch (IOException garbage) {
      // Without its message, which could hold what it read.
      secret = null;
    } finally {
      Arrays.fill(bytes, (byte) 0);
      wipe(body);
    }
    if (secret == null || id == null) {
      throw new Failure(
          Code.PROVIDER_FAILED,
          "the provider's answer holds no new key; look for one in its console and try again");
    }
    return new Minted(id, secret);
  }

  private static void wipe(Buffer body) {
    for (int i = 0; i < body.length(); i++) {
      body.setByte(i, (byte) 0);
    }
  }

  /** For example {@code api_key.value}. */
  private static String path(JsonParser parser) {
    var pointer = parser.getParsingContext().pathAsPointer().toString();
    return pointer.isEmpty() ? "" : pointer.substring(1).replace('/', '.');
  }

  private static Secret secret(JsonParser parser) throws IOException {
    var text =
        CharBuffer.wrap(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
    var encoded = StandardCharsets.UTF_8.encode(text);
    var bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    try {
      return bytes.length == 0 ? null : Secret.of(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
      Arrays.fill(encoded.array(), (byte) 0);
    }
  }
}
