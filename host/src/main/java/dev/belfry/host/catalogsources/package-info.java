/** The users and groups that plugins publish. */
@NullMarked
package dev.belfry.host.catalogsources;

import org.jspecify.annotations.NullMarked;
