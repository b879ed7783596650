package io.tokenmeter.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port that leads to another one, so that all connections through it can be cut at once. */
public final class Door {
  private static final int BUFFER = 64 << 10;
  private static final int BACKLOG = 200;

  private final ServerSocket outside;
  private final int inside;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean shut;

  private Door(ServerSocket outside, int inside) {
    this.outside = outside;
    this.inside = inside;
  }

  /** Opens it; it stays open as long as this JVM runs. */
  public static Door open(int outside, int inside) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), outside), BACKLOG);
    Door door = new Door(socket, inside);
    thread("door", door::accept);
    return door;
  }

  /** Closes what is connected now, in the middle of whatever it carries. */
  public void cut() {
    for (Socket socket : open) {
      close(socket);
    }
  }

  /** Cuts what is connected, and whoever comes from now on. */
  public void shut() {
    shut = true;
    cut();
  }

  /** Lets through again. */
  public void reopen() {
    shut = false;
  }

  private void accept() {
    while (true) {
      try {
        Socket client = outside.accept();
        if (shut) {
          client.close();
        } else {
          open.add(client);
          thread("door-connect", () -> connect(client));
        }
      } catch (IOException e) {
        System.err.println("the door doesn't open: " + e);
      }
    }
  }

  private void connect(Socket client) {
    try {
      Socket server = new Socket(InetAddress.getLoopbackAddress(), inside);
      open.add(server);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      thread("door-in", () -> carry(client, server));
      carry(server, client);
    } catch (IOException notServing) {
      close(client);
    }
  }

  private void carry(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        out.write(buffer, 0, length);
      }
    } catch (IOException cut) {
      // Either side is gone or was cut: both are closed below.
    }
    close(from);
    close(to);
  }

  private void close(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      System.err.println("a connection doesn't close: " + e);
    }
  }

  private static void thread(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }
}
