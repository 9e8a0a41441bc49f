package io.commandcenter.akm.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.exchange.BodyScan;
import io.commandcenter.akm.exchange.WireFormat;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;

/**
 * Reads what routing, limits and relaying need of a body in one pass, without a tree. The whole
 * body is walked, so that what goes on is JSON for certain, and no member that counts stands in it
 * twice: two readers could take different ones.
 */
final class BodyScanner {
  private static final int MAX_NUMBER_LENGTH = 1_000;

  private final JsonFactory json;

  BodyScanner(int maxDepth, int maxBytes) {
    json =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(maxDepth)
                    .maxStringLength(maxBytes)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .build())
            .build();
  }

  /**
   * @throws Failure BAD_REQUEST if it is no JSON object, a member that counts has a wrong type or
   *     stands in it twice
   */
  BodyScan scan(Buffer body, WireFormat format) {
    var bytes = body.getBytes();
    try (var parser = json.createParser(bytes)) {
      // Jackson would read UTF-16 too; then no byte offset would be right.
      if (parser.nextToken() != JsonToken.START_OBJECT || offset(parser) < 0) {
        throw Failure.badRequest("the body must be a JSON object in UTF-8");
      }
      var found = new ScannedMembers(parser, bytes, format);
      found.object();
      if (parser.nextToken() != null) {
        throw Failure.badRequest("the body must be one JSON object and nothing behind it");
      }
      return found.scan();
    } catch (StreamConstraintsException e) {
      throw new Failure(
          Code.BAD_REQUEST, "the body is nested too deep, or a number in it is too long");
    } catch (JsonProcessingException e) {
      throw Failure.badRequest(
          "the body is not valid JSON at line "
              + e.getLocation().getLineNr()
              + ", column "
              + e.getLocation().getColumnNr());
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory failed", e);
    }
  }

  static int offset(JsonParser parser) {
    return (int) parser.currentTokenLocation().getByteOffset();
  }

  /** Just behind the current token. */
  static int offsetBehind(JsonParser parser) {
    return (int) parser.currentLocation().getByteOffset();
  }
}
