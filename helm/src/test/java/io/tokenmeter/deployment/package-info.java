/**
 * Deployment: the chart, the image and the compose file, held to the application that they start.
 *
 * <p>In come the files as they are shipped; out comes a failed build where one of them sets what
 * the application doesn't know, names what isn't there or gives a container more than it needs.
 * What always holds: nothing here asks a cluster, a registry of images or the network.
 */
package io.tokenmeter.deployment;
