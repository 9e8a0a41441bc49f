package io.commandcenter.akm.e2e;

import io.commandcenter.akm.testkit.RunningService;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** One request over a socket of its own, byte for byte; the server closes it after the answer. */
final class RawCaller implements AutoCloseable {
  private static final int SMALL = 4096;

  private final Socket socket = new Socket();
  private final StringBuilder received = new StringBuilder();

  private RawCaller(String url) throws IOException {
    // Before it connects: a caller that does not read must fill little.
    socket.setReceiveBufferSize(SMALL);
    socket.setSoTimeout(20_000);
    socket.connect(new InetSocketAddress("127.0.0.1", URI.create(url).getPort()));
  }

  /** A connection that has said this. */
  static RawCaller open(String url, String text) throws IOException {
    var caller = new RawCaller(url);
    caller.socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    return caller;
  }

  static RawCaller ask(
      String url, GatewayCall call, String model, boolean stream, String text, String... headers)
      throws IOException {
    return open(url, request(call.path(model, stream), call.body(model, stream, text), headers));
  }

  static String request(String path, String body, String... headers) {
    var more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/json\r\n"
        + "anthropic-version: 2023-06-01\r\nAuthorization: Bearer "
        + RunningService.TOKEN
        + "\r\nContent-Length: "
        + body.getBytes(StandardCharsets.UTF_8).length
        + "\r\n"
        + more
        + "\r\n"
        + body;
  }

  /** Reads until this has come so many times, or the answer is over. */
  void awaitText(String text, int times) throws IOException {
    var some = new byte[SMALL];
    while (count(text) < times) {
      int length = socket.getInputStream().read(some);
      if (length < 0) {
        return;
      }
      received.append(new String(some, 0, length, StandardCharsets.ISO_8859_1));
    }
  }

  private int count(String text) {
    int count = 0;
    for (int at = received.indexOf(text); at >= 0; at = received.indexOf(text, at + 1)) {
      count++;
    }
    return count;
  }

  /** All that came until the server closed. */
  String all() throws IOException {
    received.append(
        new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
    return received.toString();
  }

  /** Whether the server has closed, or closes within the socket's time. */
  boolean isClosedByServer() {
    try {
      socket.getInputStream().readAllBytes();
      return true;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  static int status(String answer) {
    return Integer.parseInt(answer.substring(9, 12));
  }

  /** Leaves at once. */
  @Override
  public void close() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }
}
