package io.tokenmeter.rated.book;

import java.util.List;
import java.util.stream.Collectors;

/** A book that can't be loaded; the message has one finding a line. */
public final class InvalidBookException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient List<Finding> findings;

  InvalidBookException(List<Finding> findings) {
    super(findings.stream().sorted().map(Finding::toString).collect(Collectors.joining("\n")));
    this.findings = findings.stream().sorted().toList();
  }

  InvalidBookException(Position at, String message) {
    this(List.of(Finding.error(at, message)));
  }

  /** What is wrong, in the order of the file; at least one error. */
  public List<Finding> findings() {
    return findings;
  }
}
