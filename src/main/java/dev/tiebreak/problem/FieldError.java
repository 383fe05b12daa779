package dev.tiebreak.problem;

/**
 * One thing that is wrong with an input.
 *
 * @param pointer where: a JSON pointer into the body ({@code /responses/3/embedding}; the rows of
 *     NDJSON are counted from 0 as well), or the name of a query parameter
 * @param detail what
 */
public record FieldError(String pointer, String detail) {}
