/**
 * The lifecycle of plugins: candidates, generations, states, requests in flight, and what a plugin has registered.
 * Knows no plugin framework and no web framework.
 */
@NullMarked
package dev.belfry.host.lifecycle;

import org.jspecify.annotations.NullMarked;
