/** The users and groups that plugins publish. */
@NullMarked
package dev.belfry.host.sources;

import org.jspecify.annotations.NullMarked;
