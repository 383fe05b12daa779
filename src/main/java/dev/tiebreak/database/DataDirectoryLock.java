package dev.tiebreak.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One service a data directory. The operating system releases the lock when the process ends,
 * however it ends, so there is never a stale one.
 */
final class DataDirectoryLock implements AutoCloseable {

  private final FileChannel channel;

  private DataDirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @throws DatabaseFailure when another service has it
   */
  static DataDirectoryLock take(DataDirectory directory) {
    try {
      DataDirectory.createPrivate(directory.lock());
      FileChannel channel =
          FileChannel.open(directory.lock(), StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (isTaken(channel)) {
        throw inUse(directory.path(), holder(channel));
      }
      channel.truncate(0);
      channel.write(StandardCharsets.US_ASCII.encode(Long.toString(ProcessHandle.current().pid())));
      return new DataDirectoryLock(channel);
    } catch (IOException exception) {
      throw new DatabaseFailure(
          "The data directory " + directory.path() + " can't be locked (" + exception + ").",
          "Start the service as the user that owns it, or name another by TIEBREAK_DATA_DIRECTORY.",
          exception);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  // A refused channel stays open: closing it would release this process's own lock on the file.
  private static boolean isTaken(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() == null;
    } catch (OverlappingFileLockException exception) {
      return true;
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(20);
    channel.read(buffer, 0);
    return StandardCharsets.US_ASCII.decode(buffer.flip()).toString();
  }

  private static DatabaseFailure inUse(Path directory, String process) {
    return new DatabaseFailure(
        "Another Tiebreak (process " + process + ") uses the data directory " + directory + ".",
        "Stop it, or give this one a directory of its own by TIEBREAK_DATA_DIRECTORY.");
  }
}
