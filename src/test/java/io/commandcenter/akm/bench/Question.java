package io.commandcenter.akm.bench;

import io.vertx.core.buffer.Buffer;

/**
 * A request as it goes over the wire.
 *
 * @param sought what a good answer holds, see {@link AnswerReader#of}; empty for any answer of 200
 */
record Question(Buffer request, String sought) {}
