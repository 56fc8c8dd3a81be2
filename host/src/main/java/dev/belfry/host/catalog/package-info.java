/** The catalog port, from YAML files and from the plugins' sources. */
@NullMarked
package dev.belfry.host.catalog;

import org.jspecify.annotations.NullMarked;
