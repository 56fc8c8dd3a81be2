/** The smallest useful plugin. Copy it to start your own. */
@NullMarked
package dev.belfry.plugins.hello;

import org.jspecify.annotations.NullMarked;
