package io.commandcenter.akm.bench;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.function.Consumer;

/** One kept-alive connection with one request at a time; lives on one event loop. */
final class Connection {
  private final NetSocket socket;
  private final Consumer<Connection> ended;
  private AnswerReader reader;
  private String sought = "";
  private long due;
  private long firstEvent;
  private long lastByte;
  private boolean broken;
  private long chunks;

  /**
   * @param ended called with every answer that is complete, and when the connection breaks
   */
  Connection(NetSocket socket, Consumer<Connection> ended) {
    this.socket = socket;
    this.ended = ended;
    socket.handler(this::read).exceptionHandler(e -> {}).closeHandler(v -> close());
  }

  /**
   * @param due when it should have been sent, in {@link System#nanoTime()}
   */
  void send(Question question, long due) {
    sought = question.sought();
    reader = AnswerReader.of(sought);
    this.due = due;
    firstEvent = 0;
    socket.write(question.request());
  }

  boolean good() {
    return !broken && reader.status() == 200 && (sought.isEmpty() || reader.sawEnd());
  }

  boolean broken() {
    return broken;
  }

  boolean busy() {
    return reader != null;
  }

  AnswerReader answer() {
    return reader;
  }

  long due() {
    return due;
  }

  long nanos() {
    return lastByte - due;
  }

  long nanosToFirstEvent() {
    return firstEvent - due;
  }

  /** Events read on this connection, over all its answers. */
  long chunks() {
    return chunks;
  }

  /** Makes it free for the next request. */
  void release() {
    reader = null;
  }

  void end() {
    socket.close();
  }

  private void read(Buffer bytes) {
    if (reader == null) {
      return;
    }
    long before = reader.events();
    boolean complete = reader.feed(bytes.getBytes());
    lastByte = System.nanoTime();
    chunks += reader.events() - before;
    if (before == 0 && reader.events() > 0) {
      firstEvent = lastByte;
    }
    if (complete) {
      ended.accept(this);
    }
  }

  private void close() {
    broken = true;
    if (reader != null) {
      ended.accept(this);
    }
  }
}
