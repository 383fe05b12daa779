package dev.tiebreak.candidate;

/**
 * What became of an upload.
 *
 * @param received rows
 * @param created responses that were not there
 * @param updated responses whose content changed
 * @param unchanged responses that were there as sent
 * @param responses of the project, now
 */
record UploadResult(long received, long created, long updated, long unchanged, long responses) {

  boolean changedSomething() {
    return created + updated > 0;
  }
}
