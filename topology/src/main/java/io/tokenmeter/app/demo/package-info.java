/**
 * Demo: believable traffic of several gateways, made up from a seed.
 *
 * <p>In comes a seed; out go raw records as gateways would send them, good and bad. What always
 * holds: the same seed makes the same exchanges in the same order but for their times; every text
 * is the project's own; what a body reports as its usage is what a provider would have counted.
 */
@NullMarked
package io.tokenmeter.app.demo;

import org.jspecify.annotations.NullMarked;
