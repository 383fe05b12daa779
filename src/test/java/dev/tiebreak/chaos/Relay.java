package dev.tiebreak.chaos;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/**
 * Passes TCP connections on to a port of loopback, which may differ from one connection to the
 * next; it can delay what passes, swallow it, or break the connections.
 */
final class Relay implements Closeable {

  private static final int NOWHERE = -1;
  private static final int BUFFER = 16_384;

  private final ServerSocket listener;
  private final IntSupplier target;
  private final Set<Pair> open = ConcurrentHashMap.newKeySet();
  private volatile long delayMillis;
  private volatile boolean silent;

  private record Pair(Socket client, Socket server, int port) {
    void close() {
      quietly(client);
      quietly(server);
    }
  }

  /**
   * Listens.
   *
   * @param target the port for a new connection; negative: refuse it
   */
  Relay(IntSupplier target) throws IOException {
    this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    this.target = target;
    Thread.ofPlatform().name("relay").daemon().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  void delay(long millis) {
    delayMillis = millis;
  }

  /** Swallows everything, of old connections and new, as a cut cable does. */
  void silence(boolean now) {
    silent = now;
    if (!now) {
      // what was swallowed is gone: a connection that lacks bytes is of no use
      reset();
    }
  }

  /** Breaks all connections. */
  void reset() {
    open.forEach(Pair::close);
  }

  /** Breaks the connections to a port. */
  void reset(int port) {
    open.stream().filter(pair -> pair.port == port).forEach(Pair::close);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Thread.startVirtualThread(() -> pass(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void pass(Socket client) {
    Socket server = new Socket();
    int port = target.getAsInt();
    Pair pair = new Pair(client, server, port);
    open.add(pair);
    try {
      if (port == NOWHERE) {
        return;
      }
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2000);
      Thread back = Thread.startVirtualThread(() -> pump(server, client));
      pump(client, server);
      back.join();
    } catch (IOException refused) {
      // the client sees it closed
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      pair.close();
      open.remove(pair);
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (delayMillis > 0) {
          Thread.sleep(delayMillis);
        }
        if (!silent) {
          out.write(buffer, 0, n);
        }
      }
      if (!silent) {
        to.shutdownOutput();
      }
    } catch (IOException broken) {
      quietly(from);
      quietly(to);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void quietly(Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException gone) {
      // closed is closed
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    reset();
  }
}
