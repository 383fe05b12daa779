package dev.tiebreak.contract.generated;

import dev.tiebreak.Answer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Sends requests byte for byte, on one connection as long as it lives. Not for two threads. */
final class Wire implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 60_000;
  private static final int PAUSE_MILLIS = 15;

  private final int port;
  private @Nullable Socket socket;
  private @Nullable BufferedInputStream in;

  Wire(int port) {
    this.port = port;
  }

  /** Nothing, or not enough, came back. */
  static final class NoAnswerException extends IOException {

    private static final long serialVersionUID = 1;

    NoAnswerException(String message, IOException cause) {
      super(message, cause);
    }
  }

  /**
   * The answer to a request.
   *
   * @param isHead whether it comes without its body
   */
  Answer exchange(String name, RawRequest request, boolean isHead) throws IOException {
    if (request.alone()) {
      close();
    }
    boolean fresh = socket == null;
    try {
      return exchangeOnce(name, request, isHead);
    } catch (IOException gone) {
      close();
      // a connection may be closed by the time it is used again
      if (fresh) {
        throw new NoAnswerException(gone.toString(), gone);
      }
      return exchange(name, request, isHead);
    }
  }

  private Answer exchangeOnce(String name, RawRequest request, boolean isHead) throws IOException {
    Socket connection = connection();
    BufferedInputStream stream = in;
    if (stream == null || stream.available() > 0) {
      throw new IllegalStateException("the service has sent more than it was asked");
    }
    send(connection, request);
    AnswerReader.Read read = AnswerReader.read(stream, name, isHead);
    if (read.closes() || request.alone()) {
      close();
    }
    return read.answer();
  }

  private Socket connection() throws IOException {
    if (socket == null) {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream());
    }
    return socket;
  }

  private static void send(Socket connection, RawRequest request) throws IOException {
    OutputStream out = connection.getOutputStream();
    try {
      Iterator<byte[]> pieces = request.pieces().iterator();
      while (pieces.hasNext()) {
        out.write(pieces.next());
        out.flush();
        if (pieces.hasNext()) {
          pause();
        }
      }
      if (request.ends()) {
        connection.shutdownOutput();
      }
    } catch (SocketException answeredAndClosed) {
      // it may answer before it has read all; whether it did is seen by reading
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException exception) {
      Thread.currentThread().interrupt();
      throw new IOException(exception);
    }
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
    }
    socket = null;
    in = null;
  }
}
