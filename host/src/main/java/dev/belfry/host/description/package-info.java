/** Descriptions of plugins in their JARs, known before a plugin starts. */
@NullMarked
package dev.belfry.host.description;

import org.jspecify.annotations.NullMarked;
