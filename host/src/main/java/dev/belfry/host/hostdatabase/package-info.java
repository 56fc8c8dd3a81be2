/** The host's own database: sessions and signing keys. */
@NullMarked
package dev.belfry.host.hostdatabase;

import org.jspecify.annotations.NullMarked;
