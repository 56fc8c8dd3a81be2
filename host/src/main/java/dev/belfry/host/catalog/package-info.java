/** The catalog port, from YAML files. */
@NullMarked
package dev.belfry.host.catalog;

import org.jspecify.annotations.NullMarked;
