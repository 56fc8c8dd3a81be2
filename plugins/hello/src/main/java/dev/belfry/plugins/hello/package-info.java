/** The smallest useful plugin. Copy it to begin your own. */
@NullMarked
package dev.belfry.plugins.hello;

import org.jspecify.annotations.NullMarked;
