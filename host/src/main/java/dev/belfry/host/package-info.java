/** The host's composition: one class makes the parts and joins them. */
@NullMarked
package dev.belfry.host;

import org.jspecify.annotations.NullMarked;
