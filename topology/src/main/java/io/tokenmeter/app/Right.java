package io.tokenmeter.app;

import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourcePattern;

/**
 * One thing that a party must be allowed on the brokers: an ACL without its principal.
 *
 * @param pattern what it is about, literal or prefixed
 */
record Right(Party party, AclOperation operation, ResourcePattern pattern) {}
