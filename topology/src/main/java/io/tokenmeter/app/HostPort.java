package io.tokenmeter.app;

/**
 * An address to listen on or to call.
 *
 * @param host a name or an address; an IPv6 address in brackets
 * @param port 0 to 65535; 0 asks for a free one
 */
record HostPort(String host, int port) {
  /** Reads HOST:PORT, which was checked before. */
  static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    return new HostPort(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
