package io.commandcenter.akm.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnswerReaderTest {
  private final AnswerReader reader = new AnswerReader();

  @Test
  void endsAPlainAnswerWithItsLastByte() {
    assertFalse(feed("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n12"));
    assertTrue(feed("34"));
    assertEquals(200, reader.status());
  }

  @Test
  void countsTheEventsOfAStreamCutAnywhere() {
    var stream = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    stream += chunk("data: #0 \n\n") + chunk("data: #1 \n\ndata: [DONE]\n\n") + "0\r\n\r\n";
    for (int i = 0; i < stream.length() - 1; i++) {
      assertFalse(feed(stream.substring(i, i + 1)));
    }
    assertTrue(feed("\n"));
    assertEquals(2, reader.events());
    assertEquals(0, reader.disorder());
    assertTrue(reader.sawEnd());
  }

  @Test
  void noticesWhatIsMissingOrOutOfOrder() {
    feed("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    assertTrue(feed(chunk("data: #0 \n\n") + chunk("data: #2 \n\n") + "0\r\n\r\n"));
    assertEquals(1, reader.disorder());
    assertFalse(reader.sawEnd());
  }

  @Test
  void findsTheTextThatAGoodAnswerHolds() {
    var plain = "HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\n";
    assertTrue(finds("~one", plain + "a ~~one."));
    assertFalse(finds("~one", plain + "a ~two ~"));
    var chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    assertTrue(finds("~one", chunked + chunk("data: ~o") + chunk("ne\n\n") + "0\r\n\r\n"));
    assertFalse(finds("~one", chunked + chunk("data: ~on") + "0\r\n\r\n"));
  }

  private static boolean finds(String sought, String answer) {
    var reader = AnswerReader.of(sought);
    boolean complete = false;
    for (byte b : answer.getBytes(StandardCharsets.US_ASCII)) {
      complete = reader.feed(new byte[] {b});
    }
    assertTrue(complete);
    return reader.sawEnd();
  }

  private boolean feed(String text) {
    return reader.feed(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }
}
