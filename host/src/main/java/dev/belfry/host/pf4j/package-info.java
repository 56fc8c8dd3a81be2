/** Plugins found, read and loaded: descriptors, versions and the set of loaded plugins by PF4J, class loading by our own rules. */
@NullMarked
package dev.belfry.host.pf4j;

import org.jspecify.annotations.NullMarked;
