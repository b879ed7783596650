/**
 * Price books: the files in which people write down and review what things cost.
 *
 * <p>In comes YAML; out come {@link io.tokenmeter.rated.ModelPrices} to publish, or {@link
 * io.tokenmeter.rated.book.Finding}s that say, by line and column, what is wrong. What always
 * holds: a number is the exact decimal that the file spells; a book in which two rates could both
 * apply doesn't load; the version of a price depends on what it says and on nothing else.
 */
@NullMarked
package io.tokenmeter.rated.book;

import org.jspecify.annotations.NullMarked;
