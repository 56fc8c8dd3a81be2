/** The configuration: files, merging, substitution, and the binder of records. It knows no section of the host. */
@NullMarked
package dev.belfry.host.config;

import org.jspecify.annotations.NullMarked;
