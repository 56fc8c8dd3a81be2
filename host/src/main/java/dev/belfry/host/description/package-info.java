/** What the JAR of a plugin says about the plugin, before it starts. */
@NullMarked
package dev.belfry.host.description;

import org.jspecify.annotations.NullMarked;
