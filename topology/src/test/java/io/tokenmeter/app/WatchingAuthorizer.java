package io.tokenmeter.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;

/**
 * Kafka's own authorizer, which also writes down what it was asked. Public, since brokers make it
 * by its name.
 */
public final class WatchingAuthorizer extends StandardAuthorizer {
  private static final Map<Asked, Request> ALLOWED = new ConcurrentHashMap<>();

  private record Asked(String principal, AclOperation operation, ResourcePattern pattern) {}

  /** What somebody asked for and was allowed. */
  record Request(AuthorizableRequestContext context, Action action) {
    String principal() {
      return context.principal().toString();
    }
  }

  @Override
  public List<AuthorizationResult> authorize(
      AuthorizableRequestContext context, List<Action> actions) {
    List<AuthorizationResult> results = super.authorize(context, actions);
    for (int i = 0; i < actions.size(); i++) {
      Action action = actions.get(i);
      // What is not logged when it is denied is not missed either: a list of all topics leaves out
      // those that one may not see, and a topic is made without telling how it is set up.
      if (results.get(i) == AuthorizationResult.ALLOWED && action.logIfDenied()) {
        ALLOWED.putIfAbsent(
            new Asked(context.principal().toString(), action.operation(), action.resourcePattern()),
            new Request(context, action));
      }
    }
    return results;
  }

  /** All that was asked for and allowed, once each. */
  static List<Request> allowed() {
    return new ArrayList<>(ALLOWED.values());
  }
}
