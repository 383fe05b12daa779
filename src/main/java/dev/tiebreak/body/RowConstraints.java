package dev.tiebreak.body;

import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.exc.StreamConstraintsException;

/** Says in our words which limit of the parser a row breaks, and in which field. */
final class RowConstraints {

  private static final String NAME = "Name length";

  private RowConstraints() {}

  /** The parser has only its message to tell limits apart by. */
  static String broken(StreamConstraintsException cause, RowLimits limits) {
    String message = cause.getOriginalMessage();
    if (message.startsWith("String value length")) {
      return "has more than " + limits.textLength() + " characters";
    }
    if (message.startsWith("Number value length")) {
      return "has a number of more than " + JsonRows.NUMBER_LENGTH + " characters";
    }
    if (message.startsWith(NAME)) {
      return "has a field name of more than " + JsonRows.NAME_LENGTH + " characters";
    }
    return message.startsWith("Document nesting depth")
        ? "is nested more than " + JsonRows.NESTING_DEPTH + " deep"
        : "is too large to be read";
  }

  /** The row's field that the parser is in, as a pointer; empty where that is not known. */
  static String field(StreamConstraintsException cause, JsonParser parser, int rowDepth) {
    TokenStreamContext context = parser.streamReadContext();
    while (context.getNestingDepth() > rowDepth) {
      context = context.getParent();
    }
    String name = context.currentName();
    boolean unknown = name == null || cause.getOriginalMessage().startsWith(NAME);
    return unknown ? "" : "/" + JsonObject.escape(name);
  }
}
