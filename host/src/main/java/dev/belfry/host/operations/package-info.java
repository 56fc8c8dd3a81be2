/** What operators ask a running host: health, meters, plugins. */
@NullMarked
package dev.belfry.host.operations;

import org.jspecify.annotations.NullMarked;
