/** Users and groups of a Keycloak realm. */
@NullMarked
package dev.belfry.plugins.keycloak;

import org.jspecify.annotations.NullMarked;
