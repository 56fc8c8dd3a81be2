/** OpenID Connect, with Nimbus' SDK. */
@NullMarked
package dev.belfry.host.oidc;

import org.jspecify.annotations.NullMarked;
