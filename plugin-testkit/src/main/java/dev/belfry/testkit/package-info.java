/** Test support for plugins: real hosts, real databases, test users. */
@NullMarked
package dev.belfry.testkit;

import org.jspecify.annotations.NullMarked;
