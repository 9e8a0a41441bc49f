package io.commandcenter.akm.exchange;

import io.commandcenter.akm.contract.RouteRequest;
import io.commandcenter.akm.core.chat.ChatRequest;
import io.commandcenter.akm.core.chat.EmbedRequest;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.function.Supplier;

/**
 * A request as it came, and how to read it: only a provider of another dialect needs it read.
 *
 * @param format of the body, and of the bytes the sink can take
 * @param body the caller's bytes, never changed
 * @param scan of the body
 * @param streaming whether the answer is to be streamed
 * @param chat for CHAT and COUNT: reads the body; throws a Failure that names what cannot be
 *     expressed in another dialect. Null for EMBEDDINGS
 * @param embed for EMBEDDINGS, in the same way; else null
 * @param headers of the caller that a provider of the same dialect may see
 * @param terms who asks, for which task, provider and model, at what cost; with nothing to send
 */
public record ExchangeRequest(
    WireFormat format,
    Buffer body,
    BodyScan scan,
    boolean streaming,
    Supplier<ChatRequest> chat,
    Supplier<EmbedRequest> embed,
    MultiMap headers,
    RouteRequest terms) {}
