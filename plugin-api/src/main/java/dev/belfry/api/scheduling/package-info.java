/** Work that a plugin does again and again. */
@NullMarked
package dev.belfry.api.scheduling;

import org.jspecify.annotations.NullMarked;
