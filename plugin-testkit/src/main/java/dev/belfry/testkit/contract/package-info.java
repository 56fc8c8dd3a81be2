/**
 * The contracts of the ports that plugins may supply, as tests: extend one, say how to get an adapter of yours, and it is held
 * to what the host expects.
 */
@NullMarked
package dev.belfry.testkit.contract;

import org.jspecify.annotations.NullMarked;
