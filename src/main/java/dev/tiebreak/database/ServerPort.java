package dev.tiebreak.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/** The server's port: free when first chosen, then kept in a file beside the data. */
final class ServerPort {

  /** Below the ports that systems give to outgoing connections, which come and go. */
  private static final int LEAST = 20_000;

  private static final int BOUND = 32_768;
  private static final int ATTEMPTS = 100;

  private ServerPort() {}

  /** The kept port if it is free, otherwise another, which is kept from now on. */
  static int choose(Path file) throws IOException {
    int kept = read(file);
    if (isFree(kept)) {
      return kept;
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LEAST, BOUND);
      if (isFree(port)) {
        keep(file, port);
        return port;
      }
    }
    throw new DatabaseFailure(
        "No port from " + LEAST + " to " + BOUND + " is free for the embedded PostgreSQL.",
        "End what listens there, or use another PostgreSQL by TIEBREAK_DATABASE_URL.");
  }

  static void keep(Path file, int port) throws IOException {
    if (read(file) != port) {
      Files.writeString(file, port + "\n");
    }
  }

  private static int read(Path file) throws IOException {
    try {
      return Integer.parseInt(Files.readString(file).strip());
    } catch (NoSuchFileException | NumberFormatException exception) {
      return -1;
    }
  }

  private static boolean isFree(int port) {
    if (port <= 0 || port > 65_535) {
      return false;
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException exception) {
      return false;
    }
  }
}
