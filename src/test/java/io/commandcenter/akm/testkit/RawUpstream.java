package io.commandcenter.akm.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A provider that answers every connection with the same bytes, whatever it is asked. */
public final class RawUpstream implements AutoCloseable {
  private final ServerSocket server;
  private final byte[] answer;
  private final AtomicInteger connections = new AtomicInteger();

  /**
   * @param answer empty to say nothing and to close
   */
  public RawUpstream(String answer) throws IOException {
    this.answer = answer.getBytes(StandardCharsets.ISO_8859_1);
    server = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
    var accepting = new Thread(this::accept, "raw upstream");
    accepting.setDaemon(true);
    accepting.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try (var socket = server.accept()) {
        connections.incrementAndGet();
        answer(socket);
      } catch (IOException e) {
        // Its caller has gone, or the test is over.
      }
    }
  }

  private void answer(Socket socket) throws IOException {
    socket.setSoTimeout(2000);
    if (socket.getInputStream().read(new byte[65_536]) > 0) {
      socket.getOutputStream().write(answer);
      socket.getOutputStream().flush();
    }
  }

  public String hostPort() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** How many times anybody connected. */
  public int connections() {
    return connections.get();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
