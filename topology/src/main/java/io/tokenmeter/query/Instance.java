package io.tokenmeter.query;

/**
 * Where a running Tokenmeter answers HTTP, as the others reach it ({@code application.server}).
 *
 * @param host a name or an address; an IPv6 address without brackets
 * @param port 1 to 65535
 */
public record Instance(String host, int port) {
  /**
   * @throws IllegalArgumentException when the host is empty or the port out of range
   */
  public Instance {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host is empty; set it to a name that others can reach");
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port is " + port + "; 1 to 65535 is allowed");
    }
  }

  /** {@code host:port}, as in a URL. */
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
