/** The host's composition: one class creates the parts and connects them. */
@NullMarked
package dev.belfry.host;

import org.jspecify.annotations.NullMarked;
