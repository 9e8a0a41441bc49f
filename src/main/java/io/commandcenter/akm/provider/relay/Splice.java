package io.commandcenter.akm.provider.relay;

import io.commandcenter.akm.exchange.BodyScan.Gap;
import io.commandcenter.akm.exchange.BodyScan.Span;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A body with some of its values replaced and some members added; every other byte stays. */
final class Splice {
  private record Edit(int start, int end, String text) {}

  private final Buffer body;
  private final List<Edit> edits = new ArrayList<>(4);

  Splice(Buffer body) {
    this.body = body;
  }

  Splice replace(Span span, Object value) {
    edits.add(new Edit(span.start(), span.end(), Json.encode(value)));
    return this;
  }

  Splice insert(Gap gap, String name, Object value) {
    var comma = gap.alone() ? "" : ",";
    edits.add(new Edit(gap.at(), gap.at(), Json.encode(name) + ":" + Json.encode(value) + comma));
    return this;
  }

  /** The caller's own buffer if nothing changes. */
  Buffer done() {
    if (edits.isEmpty()) {
      return body;
    }
    // Stable: what is inserted at the same place keeps its order, and each brings its own comma.
    edits.sort(Comparator.comparingInt(Edit::start));
    var out = Buffer.buffer(body.length() + 64);
    int from = 0;
    for (var edit : edits) {
      out.appendBuffer(body, from, edit.start() - from).appendString(edit.text());
      from = edit.end();
    }
    return out.appendBuffer(body, from, body.length() - from);
  }
}
