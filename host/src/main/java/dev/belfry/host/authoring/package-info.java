/** What authors of plugins get from the command line: a project to begin with, and a loop that shows each save at once. */
@NullMarked
package dev.belfry.host.authoring;

import org.jspecify.annotations.NullMarked;
