package dev.tiebreak.candidate;

/**
 * What a project holds.
 *
 * @param responses responses
 * @param prompts prompts that have one
 * @param inPromptPairs pairs of responses to the same prompt
 * @param version rises whenever a response is created or changed
 */
public record Tally(long responses, long prompts, long inPromptPairs, long version) {}
