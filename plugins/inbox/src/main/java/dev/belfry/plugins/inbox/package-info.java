/** The inbox as a web page, and as web components for pages of other applications. */
@NullMarked
package dev.belfry.plugins.inbox;

import org.jspecify.annotations.NullMarked;
