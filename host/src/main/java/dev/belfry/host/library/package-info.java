/** Libraries that an embedding application can leave out. */
@NullMarked
package dev.belfry.host.library;

import org.jspecify.annotations.NullMarked;
