/** Leaks of stopped plugins: removed where possible, reported otherwise. */
@NullMarked
package dev.belfry.host.leak;

import org.jspecify.annotations.NullMarked;
