/** The configuration: read from files and environment, merged, checked, and bound to records. */
@NullMarked
package dev.belfry.host.config;

import org.jspecify.annotations.NullMarked;
