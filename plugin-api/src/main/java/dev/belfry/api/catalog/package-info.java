/** Which users and groups exist, and who is in what. */
@NullMarked
package dev.belfry.api.catalog;

import org.jspecify.annotations.NullMarked;
