/** JSON Schemas of the plugins' configuration. */
@NullMarked
package dev.belfry.host.schema;

import org.jspecify.annotations.NullMarked;
