package dev.tiebreak.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/** A connection to what is a primary no longer leaves its pool; the next one looks for the new. */
public final class ReadOnlyEviction implements SQLExceptionOverride {

  private static final String READ_ONLY = "25006";

  // SQLExceptionOverride has an Override of its own
  @java.lang.Override
  public Override adjudicate(SQLException failure) {
    return READ_ONLY.equals(failure.getSQLState()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
  }
}
