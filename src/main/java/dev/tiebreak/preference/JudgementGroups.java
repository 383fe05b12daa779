package dev.tiebreak.preference;

/**
 * What verdicts have in common beside their responses.
 *
 * @param prompts the prompt of each row of the embeddings, n numbers of 0 or more
 * @param annotators who gave each verdict, N numbers of 0 or more
 */
public record JudgementGroups(int[] prompts, int[] annotators) {}
