/** A host with a small company and its notifications, to look at. */
@NullMarked
package dev.belfry.cli.demo;

import org.jspecify.annotations.NullMarked;
