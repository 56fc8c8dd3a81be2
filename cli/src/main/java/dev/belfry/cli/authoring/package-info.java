/** Tools for plugin authors: a project generator, and a loop that rebuilds at each save. */
@NullMarked
package dev.belfry.cli.authoring;

import org.jspecify.annotations.NullMarked;
