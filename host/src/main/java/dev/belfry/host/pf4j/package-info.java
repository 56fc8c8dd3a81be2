/**
 * Finds, checks and loads plugins. PF4J provides descriptors, versions and the set of loaded plugins; class loading
 * follows the host's own rules.
 */
@NullMarked
package dev.belfry.host.pf4j;

import org.jspecify.annotations.NullMarked;
