package io.tokenmeter.proof;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A rolling SHA-256 over lines: two are equal when the same lines came in the same order. */
final class Chain {
  private final MessageDigest digest;
  private byte[] hash = new byte[32];
  private long length;

  Chain() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  void add(String line) {
    digest.update(hash);
    hash = digest.digest(line.getBytes(StandardCharsets.UTF_8));
    length++;
  }

  /** How many lines, and what they come to. */
  String text() {
    return length + " records, " + HexFormat.of().formatHex(hash);
  }
}
