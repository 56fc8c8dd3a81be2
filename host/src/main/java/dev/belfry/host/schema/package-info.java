/** The JSON Schemas by which plugins describe their configuration. */
@NullMarked
package dev.belfry.host.schema;

import org.jspecify.annotations.NullMarked;
