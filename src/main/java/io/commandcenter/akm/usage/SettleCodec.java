package io.commandcenter.akm.usage;

import io.commandcenter.akm.contract.UsageCalls.Hold;
import io.commandcenter.akm.contract.UsageCalls.Settle;
import io.commandcenter.akm.core.grants.SpendLimit;
import io.commandcenter.akm.core.money.TokenUsage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ended attempts as bytes: a format version, then each member in the order of its record. */
final class SettleCodec {
  private static final int VERSION = 2;

  private SettleCodec() {}

  static byte[] encode(Settle settle) {
    var bytes = new ByteArrayOutputStream(256);
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeUTF(settle.holdId());
      attempt(out, settle.attempt());
      usage(out, settle.usage());
      out.writeUTF(settle.outcome());
      out.writeInt(settle.httpStatus() == null ? -1 : settle.httpStatus());
      text(out, settle.servedModel());
      out.writeLong(settle.latencyMs());
    } catch (IOException e) {
      throw new IllegalStateException("an attempt could not be written down", e);
    }
    return bytes.toByteArray();
  }

  private static void attempt(DataOutputStream out, Hold attempt) throws IOException {
    out.writeUTF(attempt.requestId());
    out.writeInt(attempt.attempt());
    text(out, attempt.task());
    out.writeUTF(attempt.operation());
    out.writeUTF(attempt.provider());
    out.writeUTF(attempt.model());
    text(out, attempt.keyId());
    text(out, attempt.principal());
    out.writeLong(attempt.maxInputTokens());
    out.writeLong(attempt.maxOutputTokens());
    out.writeLong(attempt.startedAt().toEpochMilli());
    var tags = attempt.tags() == null ? Map.<String, String>of() : attempt.tags();
    out.writeInt(tags.size());
    for (var tag : tags.entrySet()) {
      out.writeUTF(tag.getKey());
      out.writeUTF(tag.getValue());
    }
    out.writeInt(attempt.limits().size());
    for (var limit : attempt.limits()) {
      out.writeUTF(limit.token());
      out.writeUTF(limit.window());
      out.writeLong(limit.limitNanos());
    }
  }

  private static void usage(DataOutputStream out, TokenUsage usage) throws IOException {
    out.writeBoolean(usage != null);
    if (usage != null) {
      out.writeLong(usage.input());
      out.writeLong(usage.cacheRead());
      out.writeLong(usage.cacheWriteShort());
      out.writeLong(usage.cacheWriteLong());
      out.writeLong(usage.output());
      out.writeLong(usage.reasoning());
      out.writeBoolean(usage.estimated());
    }
  }

  /** Of any length: a provider's own name for its model may be longer than writeUTF takes. */
  private static void text(DataOutputStream out, String text) throws IOException {
    var bytes = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes == null ? -1 : bytes.length);
    if (bytes != null) {
      out.write(bytes);
    }
  }

  /**
   * @throws IOException if it is not one of this version
   */
  static Settle decode(byte[] bytes) throws IOException {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readByte() != VERSION) {
        throw new IOException("an attempt of another version");
      }
      var holdId = in.readUTF();
      var attempt = attempt(in);
      var usage = usage(in);
      var outcome = in.readUTF();
      int status = in.readInt();
      return new Settle(
          holdId, attempt, usage, outcome, status < 0 ? null : status, text(in), in.readLong());
    }
  }

  private static Hold attempt(DataInputStream in) throws IOException {
    return new Hold(
        in.readUTF(),
        in.readInt(),
        text(in),
        in.readUTF(),
        in.readUTF(),
        in.readUTF(),
        text(in),
        text(in),
        in.readLong(),
        in.readLong(),
        Instant.ofEpochMilli(in.readLong()),
        tags(in),
        limits(in));
  }

  private static Map<String, String> tags(DataInputStream in) throws IOException {
    var tags = new LinkedHashMap<String, String>();
    for (int left = in.readInt(); left > 0; left--) {
      tags.put(in.readUTF(), in.readUTF());
    }
    return tags;
  }

  private static List<SpendLimit> limits(DataInputStream in) throws IOException {
    var limits = new ArrayList<SpendLimit>();
    for (int left = in.readInt(); left > 0; left--) {
      limits.add(new SpendLimit(in.readUTF(), in.readUTF(), in.readLong()));
    }
    return limits;
  }

  private static TokenUsage usage(DataInputStream in) throws IOException {
    return in.readBoolean()
        ? new TokenUsage(
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readBoolean())
        : null;
  }

  private static String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length < 0 ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }
}
