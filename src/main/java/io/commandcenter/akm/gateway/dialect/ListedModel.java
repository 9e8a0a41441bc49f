package io.commandcenter.akm.gateway.dialect;

/**
 * What may stand in {@code model}.
 *
 * @param name for example {@code auto}, {@code task:chat} or {@code provider/model}
 * @param owner the provider, or this gateway
 */
public record ListedModel(String name, String owner) {}
