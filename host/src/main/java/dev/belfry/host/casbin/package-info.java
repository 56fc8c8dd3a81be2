/** The permission port: jCasbin with a policy in a CSV file. */
@NullMarked
package dev.belfry.host.casbin;

import org.jspecify.annotations.NullMarked;
