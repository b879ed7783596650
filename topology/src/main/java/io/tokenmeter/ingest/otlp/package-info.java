/**
 * Spans: calls of models that OpenTelemetry traced, as usage records.
 *
 * <p>In come spans as OTLP in JSON; out go records of {@code usage.records}, a meter each, or why
 * not. The attributes are those of the semantic conventions for generative AI, version 1.41.0 (<a
 * href="https://github.com/open-telemetry/semantic-conventions/blob/v1.41.0/docs/gen-ai/gen-ai-spans.md">spans</a>,
 * <a
 * href="https://github.com/open-telemetry/semantic-conventions/blob/v1.41.0/docs/registry/attributes/gen-ai.md">attributes</a>).
 *
 * <p>What always holds: of a span only its ids, its start and the attributes that are named here
 * are kept, so never a message, an instruction or a tool's definition; a token is in one meter;
 * nothing that a span doesn't say is guessed.
 */
@NullMarked
package io.tokenmeter.ingest.otlp;

import org.jspecify.annotations.NullMarked;
