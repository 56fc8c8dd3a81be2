/** What plugins have stored, copied to one file and back. */
@NullMarked
package dev.belfry.host.backup;

import org.jspecify.annotations.NullMarked;
