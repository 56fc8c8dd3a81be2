/** The command line. */
@NullMarked
package dev.belfry.host.cli;

import org.jspecify.annotations.NullMarked;
