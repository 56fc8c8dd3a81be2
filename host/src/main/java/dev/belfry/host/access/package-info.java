/** From credentials to caller, from caller and route to verdict. It knows no web framework and no token library. */
@NullMarked
package dev.belfry.host.access;

import org.jspecify.annotations.NullMarked;
