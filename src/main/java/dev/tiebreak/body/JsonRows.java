package dev.tiebreak.body;

import dev.tiebreak.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the rows of an upload as they stream in, in memory that does not grow with the body.
 *
 * <p>A body that is not what it should be (not JSON, cut off, more than rows) is refused with 400
 * where that shows, an error of a row with 422 once the rest is read, or once there are as many as
 * can be told. Every error names its row. Instances are immutable.
 */
public final class JsonRows {

  /** Characters of a field's name, at any depth. */
  static final int NAME_LENGTH = 1000;

  static final int NESTING_DEPTH = 100;

  static final int NUMBER_LENGTH = 1000;

  private final RowLimits limits;
  private final JsonFactory factory;
  private final ObjectReader trees;

  /** A reader of rows up to these limits. */
  public JsonRows(RowLimits limits) {
    this.limits = limits;
    factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxStringLength(limits.textLength())
                    .maxNameLength(NAME_LENGTH)
                    .maxNumberLength(NUMBER_LENGTH)
                    .maxNestingDepth(NESTING_DEPTH)
                    .build())
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .build();
    trees =
        JsonMapper.builder(factory)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();
  }

  /**
   * Reads NDJSON: one object a line, lines without any being passed over.
   *
   * @return how many rows there were, all of them right
   */
  public long readLines(InputStream body, RowHandler handler) {
    FieldErrors errors = new FieldErrors();
    Lines lines = new Lines(body, limits.rowBytes());
    long index = 0;
    while (next(lines)) {
      readLine(lines, index, errors, handler);
      refuseIfFull(errors);
      index++;
    }
    errors.throwIfAny();
    return index;
  }

  private static boolean next(Lines lines) {
    try {
      return lines.next();
    } catch (IOException cutOff) {
      throw UnreadableRows.cutOff();
    }
  }

  private void readLine(Lines lines, long index, FieldErrors errors, RowHandler handler) {
    if (lines.isOverlong()) {
      rejectOverlong(index, lines.number(), "", errors);
      return;
    }
    try (JsonParser parser = factory.createParser(lines.buffer(), lines.offset(), lines.length())) {
      JsonRow row = new JsonRow(index, lines.number(), "", parser, trees, errors);
      parser.nextToken();
      if (readRow(row, handler) && parser.nextToken() != null) {
        throw UnreadableRows.moreThanOneInLine(row.pointer(), lines.number());
      }
    } catch (StreamConstraintsException tooLarge) {
      reject(index, lines.number(), "", RowConstraints.broken(tooLarge, limits), errors);
    } catch (JacksonException malformed) {
      throw UnreadableRows.malformedLine(malformed, "/" + index, lines.number());
    }
  }

  /**
   * Reads an object whose only field is the array of the rows.
   *
   * @return how many rows there were, all of them right
   */
  public long readArray(InputStream body, String field, RowHandler handler) {
    FieldErrors errors = new FieldErrors();
    RowAllowance allowance = new RowAllowance(body, limits.rowBytes());
    ArrayRows rows = new ArrayRows(field, errors, allowance, handler);
    try (JsonParser parser = factory.createParser(allowance)) {
      rows.read(parser);
    } catch (RowAllowance.SpentException overlong) {
      rejectOverlong(rows.index, 0, "/" + field, errors);
    } catch (StreamConstraintsException tooLarge) {
      reject(rows.index, 0, "/" + field, RowConstraints.broken(tooLarge, limits), errors);
    } catch (JacksonException malformed) {
      throw UnreadableRows.malformed(malformed, rows.pointer());
    }
    errors.throwIfAny();
    return rows.index;
  }

  /** The state of reading one array. */
  private final class ArrayRows {

    private final String field;
    private final FieldErrors errors;
    private final RowAllowance allowance;
    private final RowHandler handler;
    private boolean inArray;
    private long index;

    ArrayRows(String field, FieldErrors errors, RowAllowance allowance, RowHandler handler) {
      this.field = field;
      this.errors = errors;
      this.allowance = allowance;
      this.handler = handler;
    }

    String pointer() {
      return inArray ? "/" + field + "/" + index : "";
    }

    void read(JsonParser parser) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw UnreadableRows.notAnArrayOfRows(field);
      }
      JsonToken token = parser.nextToken();
      if (token == JsonToken.PROPERTY_NAME) {
        requireField(parser.currentName());
        if (parser.nextToken() != JsonToken.START_ARRAY) {
          throw ProblemException.invalid("/" + field, "must be an array of rows");
        }
        readRows(parser);
        token = parser.nextToken();
      } else {
        throw ProblemException.invalid("/" + field, "is required");
      }
      if (token == JsonToken.PROPERTY_NAME) {
        requireField(parser.currentName());
        throw UnreadableRows.twice("/" + field, "\"" + field + "\"");
      }
      if (parser.nextToken() != null) {
        throw UnreadableRows.trailing();
      }
    }

    private void requireField(String name) {
      if (!name.equals(field)) {
        throw UnreadableRows.unknown(name, field);
      }
    }

    private void readRows(JsonParser parser) {
      inArray = true;
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        allowance.renew();
        if (!readRow(new JsonRow(index, 0, "/" + field, parser, trees, errors), handler)) {
          errors.throwIfAny();
        }
        refuseIfFull(errors);
        index++;
      }
      inArray = false;
    }
  }

  /**
   * Reads the value at the parser's token to its end.
   *
   * @return false where it breaks a limit and the parser cannot go on
   */
  private boolean readRow(JsonRow row, RowHandler handler) {
    JsonParser parser = row.parser();
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      row.errors().add(row.pointer(), "must be an object");
      parser.skipChildren();
      return true;
    }
    int depth = parser.streamReadContext().getNestingDepth();
    try {
      handler.take(row);
      while (parser.streamReadContext().getNestingDepth() >= depth) {
        parser.nextToken();
      }
      return true;
    } catch (StreamConstraintsException tooLarge) {
      row.errors()
          .add(
              row.pointer() + RowConstraints.field(tooLarge, parser, depth),
              RowConstraints.broken(tooLarge, limits));
      return false;
    }
  }

  private void rejectOverlong(long index, long line, String parent, FieldErrors errors) {
    reject(index, line, parent, "must take at most " + limits.rowBytes() + " bytes", errors);
  }

  private static void reject(
      long index, long line, String parent, String detail, FieldErrors errors) {
    errors.add(parent + "/" + index, JsonRow.words(index, line) + ": " + detail);
  }

  private static void refuseIfFull(FieldErrors errors) {
    if (errors.isFull()) {
      errors.throwIfAny();
    }
  }
}
