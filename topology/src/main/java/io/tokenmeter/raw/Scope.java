package io.tokenmeter.raw;

/** Who within an organisation made a call; a quota can be set on each. */
public enum Scope {
  PROJECT,
  USER,
  API_KEY
}
