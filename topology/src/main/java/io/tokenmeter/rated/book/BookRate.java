package io.tokenmeter.rated.book;

import io.tokenmeter.rated.Rate;

/**
 * A rate, and where its price stands.
 *
 * @param at of the price
 * @param rate what it says
 */
public record BookRate(Position at, Rate rate) {}
