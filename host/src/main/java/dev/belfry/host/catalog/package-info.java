/** The catalog port, out of YAML files. */
@NullMarked
package dev.belfry.host.catalog;

import org.jspecify.annotations.NullMarked;
