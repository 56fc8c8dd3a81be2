/** The build of the container image. */
@NullMarked
package dev.belfry.image;

import org.jspecify.annotations.NullMarked;
