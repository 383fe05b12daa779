package dev.tiebreak.candidate;

import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Writes the rows of one upload by chunks, each in a short transaction of its own: a client that
 * sends slowly holds no connection. Closing removes what a refused upload leaves.
 */
final class Staging implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Staging.class);

  /** Bytes after which a chunk is written. */
  static final int CHUNK = 4 * 1024 * 1024;

  private final StagedRows staged;
  private final long projectId;
  private final UUID uploadId = UUID.randomUUID();
  private final CopyRows rows;
  private long count;
  private boolean written;

  Staging(StagedRows staged, long projectId) {
    this.staged = staged;
    this.projectId = projectId;
    rows = new CopyRows(uploadId, projectId);
  }

  UUID uploadId() {
    return uploadId;
  }

  /** Adds a row that was checked. */
  void add(UploadedRow row) {
    count++;
    rows.add(count, row);
    if (rows.size() >= CHUNK) {
      write();
    }
  }

  /** Writes what is left. */
  void finish() {
    if (!rows.isEmpty()) {
      write();
    }
  }

  private void write() {
    // also of a write that failed some may be there
    written = true;
    staged.write(rows);
    rows.clear();
  }

  /** The rows were merged. */
  void merged() {
    written = false;
  }

  @Override
  public void close() {
    if (!written) {
      return;
    }
    try {
      staged.remove(projectId, uploadId);
    } catch (DataAccessException | TransactionException exception) {
      log.warn("upload={} project={} staged=left cause={}", uploadId, projectId, exception);
    }
  }
}
