package io.tokenmeter.warehouse;

/**
 * Whose charges a file holds. Offsets mean nothing elsewhere.
 *
 * @param cluster the Kafka cluster's id
 * @param topic with its prefix
 */
record Source(String cluster, String topic) {}
