/**
 * Documents: the README, held to what it describes.
 *
 * <p>In come the documents as they are shipped; out comes a failed build where an example doesn't
 * compile, a table differs from its source or a link leads nowhere.
 */
package io.tokenmeter.documents;
