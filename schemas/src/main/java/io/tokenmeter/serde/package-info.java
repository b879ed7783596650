/**
 * Serde: records to bytes and back, in the format of the Schema Registry.
 *
 * <p>In come Avro records and bytes; out go bytes (a zero byte, the schema's id as four bytes, Avro
 * binary) and records. The registry is spoken to over its REST API, as Confluent's, Apicurio's
 * ({@code /apis/ccompat/v7}), Karapace and Redpanda offer it, and the configuration keys are those
 * of Confluent's serializer, so that either can stand in for the other.
 *
 * <p>What always holds: a record that can never be read fails with an {@link
 * io.tokenmeter.serde.UnreadableRecordException}, and only such a record does; a registry that does
 * not answer fails with a {@link io.tokenmeter.serde.RegistryUnavailableException}, which is
 * retriable; one that refuses (a password, a URL, an incompatible schema) fails with a {@link
 * io.tokenmeter.serde.RegistryRefusedException}, which says nothing about the record. No message
 * holds a record's content or a credential.
 */
@NullMarked
package io.tokenmeter.serde;

import org.jspecify.annotations.NullMarked;
