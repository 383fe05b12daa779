package dev.tiebreak.queue;

/** Whether a comparison's two responses answer one prompt. */
public enum Kind {
  IN_PROMPT,
  CROSS_PROMPT;

  /** The kind of a comparison of responses to these prompts. */
  public static Kind of(String leftPromptId, String rightPromptId) {
    return leftPromptId.equals(rightPromptId) ? IN_PROMPT : CROSS_PROMPT;
  }
}
