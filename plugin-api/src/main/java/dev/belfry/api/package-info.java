/** The contract between the host and a plugin. */
@NullMarked
package dev.belfry.api;

import org.jspecify.annotations.NullMarked;
