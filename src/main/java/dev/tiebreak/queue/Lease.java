package dev.tiebreak.queue;

/**
 * A lease as it was given; it never changes.
 *
 * @param number rises with every lease of the service
 */
record Lease(
    long projectId,
    long number,
    byte[] token,
    long comparisonId,
    int slot,
    String annotator,
    long leftResponse,
    long rightResponse) {}
