/** The permission port: jCasbin over a policy in a CSV file. */
@NullMarked
package dev.belfry.host.casbin;

import org.jspecify.annotations.NullMarked;
