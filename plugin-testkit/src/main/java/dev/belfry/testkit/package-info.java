/** What the tests of a plugin are written with: real hosts, real databases, made-up users. */
@NullMarked
package dev.belfry.testkit;

import org.jspecify.annotations.NullMarked;
