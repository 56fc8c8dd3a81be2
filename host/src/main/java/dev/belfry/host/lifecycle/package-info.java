/**
 * The life of plugins: candidates, generations, states, leases, and the ledger of what a plugin took. It knows no plugin
 * framework and no web framework.
 */
@NullMarked
package dev.belfry.host.lifecycle;

import org.jspecify.annotations.NullMarked;
