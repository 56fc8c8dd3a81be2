/** Users, groups and memberships. */
@NullMarked
package dev.belfry.api.catalog;

import org.jspecify.annotations.NullMarked;
