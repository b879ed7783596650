package io.tokenmeter.app;

import io.tokenmeter.query.Listening;
import io.tokenmeter.query.Tls;
import io.tokenmeter.query.access.AccessToken;
import io.tokenmeter.query.access.Doors;
import io.tokenmeter.query.access.IdentityProvider;
import io.tokenmeter.query.access.PeerSecret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** What {@code http.*} says, as the server takes it. */
final class HttpSettings {
  private final TokenmeterConfig config;

  HttpSettings(TokenmeterConfig config) {
    this.config = config;
  }

  /**
   * How an instance listens.
   *
   * @throws ConfigException when it would answer for organisations where others can reach it, and
   *     has nothing that keeps them out
   */
  Listening listening(HostPort listen, Stage stage) {
    try {
      List<AccessToken> tokens = tokens();
      boolean isOpenToOthers = !isLoopback(listen.host());
      if (stage.keepsLedger() && isOpenToOthers && tokens.isEmpty() && !hasProvider()) {
        throw new ConfigException(
            ConfigKeys.HTTP_LISTEN
                + " is "
                + listen
                + ", where others can reach it, and there is no token; set "
                + ConfigKeys.HTTP_TOKENS
                + " to a line that `tokenmeter token` prints, or "
                + ConfigKeys.HTTP_JWT_KEYS
                + " to an identity provider's");
      }
      return new Listening(
          listen.host(), listen.port(), doors(tokens, stage), tls(), trust(), metricsDoor());
    } catch (IllegalArgumentException e) {
      throw new ConfigException(e.getMessage());
    }
  }

  /** Whether anybody at all can be let in. */
  boolean hasTokens() {
    return hasProvider() || !tokens().isEmpty();
  }

  /** {@code http} or {@code https}. */
  String scheme() {
    return config.text(ConfigKeys.HTTP_TLS_CERTIFICATE).isEmpty() ? "http" : "https";
  }

  /** Whom a client trusts that asks by TLS; null for those that Java trusts. */
  @Nullable SSLContext trust() {
    String authorities = config.text(ConfigKeys.HTTP_TLS_TRUST);
    return authorities.isEmpty() ? null : Tls.trusting(Path.of(authorities));
  }

  private Doors doors(List<AccessToken> tokens, Stage stage) {
    String secret = config.text(ConfigKeys.HTTP_PEER_SECRET);
    if (secret.isEmpty() && stage.keepsLedger() && config.httpAdvertised().isPresent()) {
      throw new ConfigException(
          ConfigKeys.HTTP_ADVERTISED
              + " is set, so other instances ask this one, and there is no "
              + ConfigKeys.HTTP_PEER_SECRET
              + "; set it to the same text of 32 characters or more for all of them");
    }
    PeerSecret peers = secret.isEmpty() ? PeerSecret.unshared() : PeerSecret.of(secret);
    return hasProvider() ? Doors.of(tokens, provider(), peers) : Doors.of(tokens, peers);
  }

  private boolean hasProvider() {
    return !config.text(ConfigKeys.HTTP_JWT_KEYS).isEmpty();
  }

  private IdentityProvider provider() {
    return new IdentityProvider(
        config.text(ConfigKeys.HTTP_JWT_KEYS),
        config.text(ConfigKeys.HTTP_JWT_ISSUER),
        config.text(ConfigKeys.HTTP_JWT_AUDIENCE),
        config.text(ConfigKeys.HTTP_JWT_ORGANISATION_CLAIM),
        config.text(ConfigKeys.HTTP_JWT_SCOPE_CLAIM),
        config.text(ConfigKeys.HTTP_JWT_OPERATOR_SCOPE),
        config.text(ConfigKeys.HTTP_JWT_GATEWAY_SCOPE));
  }

  private List<AccessToken> tokens() {
    try {
      List<AccessToken> tokens =
          new ArrayList<>(
              AccessToken.parse(ConfigKeys.HTTP_TOKENS, config.text(ConfigKeys.HTTP_TOKENS)));
      String file = config.text(ConfigKeys.HTTP_TOKENS_FILE);
      if (!file.isEmpty()) {
        tokens.addAll(AccessToken.parse(file, Files.readString(Path.of(file))));
      }
      return tokens;
    } catch (IllegalArgumentException e) {
      throw new ConfigException(e.getMessage());
    } catch (IOException e) {
      throw new ConfigException(
          ConfigKeys.HTTP_TOKENS_FILE
              + " is "
              + config.text(ConfigKeys.HTTP_TOKENS_FILE)
              + ", which can't be read; put the lines of `tokenmeter token` there");
    }
  }

  private @Nullable Tls tls() {
    String certificate = config.text(ConfigKeys.HTTP_TLS_CERTIFICATE);
    String key = config.text(ConfigKeys.HTTP_TLS_KEY);
    if (certificate.isEmpty() != key.isEmpty()) {
      throw new ConfigException(
          "of "
              + ConfigKeys.HTTP_TLS_CERTIFICATE
              + " and "
              + ConfigKeys.HTTP_TLS_KEY
              + " only one is set; set both or neither");
    }
    return certificate.isEmpty() ? null : Tls.server(Path.of(certificate), Path.of(key));
  }

  private Listening.MetricsDoor metricsDoor() {
    return Listening.MetricsDoor.valueOf(
        config.text(ConfigKeys.HTTP_METRICS).toUpperCase(Locale.ROOT));
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      // It can't be listened on either, which is said when that is tried.
      return false;
    }
  }
}
