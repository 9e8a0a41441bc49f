package io.commandcenter.akm.core.chat;

/**
 * How much the model may think.
 *
 * @param effort none, minimal, low, medium, high, xhigh or max; null if not said
 * @param budgetTokens null if not said
 * @param shown whether the caller wants to see the thinking; null if not said
 */
public record Reasoning(String effort, Integer budgetTokens, Boolean shown) {}
