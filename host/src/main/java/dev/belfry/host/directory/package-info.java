/** The catalog's data about users and groups beyond the port: names, addresses, annotations. */
@NullMarked
package dev.belfry.host.directory;

import org.jspecify.annotations.NullMarked;
