/** Operating a running host: health, metrics, plugins. */
@NullMarked
package dev.belfry.host.operations;

import org.jspecify.annotations.NullMarked;
