package dev.tiebreak.body;

import dev.tiebreak.problem.ProblemException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/** One row of an upload: a JSON object that is about to be read, as a tree or token by token. */
public final class JsonRow {

  private final long index;
  private final long line;
  private final String parent;
  private final JsonParser parser;
  private final ObjectReader trees;
  private final FieldErrors errors;

  /**
   * A row whose object begins at the parser's current token.
   *
   * @param line where it stands in NDJSON, from 1; 0 where rows are not lines
   * @param parent pointer to what holds the rows
   */
  JsonRow(
      long index,
      long line,
      String parent,
      JsonParser parser,
      ObjectReader trees,
      FieldErrors errors) {
    this.index = index;
    this.line = line;
    this.parent = parent;
    this.parser = parser;
    this.trees = trees;
    this.errors = errors.introducedBy(() -> words(index, line) + ": ");
  }

  /** How a row is named to people, who count from 1. */
  static String words(long index, long line) {
    return "row " + (index + 1) + (line == 0 ? "" : " (line " + line + ")");
  }

  /** The row's place in the body, from 0. */
  public long index() {
    return index;
  }

  /** The row's JSON pointer: {@code /responses/3}, or {@code /3} in NDJSON. */
  public String pointer() {
    return parent + "/" + index;
  }

  /**
   * The parser, at the start of the row's object. Whatever of the row is left unread is skipped
   * (and must still be JSON). A field given twice is the caller's to find. The numbers NaN,
   * Infinity and -Infinity are read as such, so that they can be refused by the name of their
   * field.
   */
  public JsonParser parser() {
    return parser;
  }

  /** The whole row, in memory; a field given twice is malformed. */
  public JsonNode tree() {
    return trees.readTree(parser);
  }

  /** Where errors of this row go; they name the row by themselves. */
  public FieldErrors errors() {
    return errors;
  }

  /** Notes an error of a field. */
  public void reject(String field, String detail) {
    errors.add(pointer() + "/" + JsonObject.escape(field), detail);
  }

  /** The body is malformed, as this row has a field twice; to be thrown. */
  public ProblemException twice(String field) {
    return UnreadableRows.twice(pointer() + "/" + JsonObject.escape(field), words(index, line));
  }
}
