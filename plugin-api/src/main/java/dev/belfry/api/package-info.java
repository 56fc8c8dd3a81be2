/** The contract between the host and a plugin: the plugin's class and what the host hands it. */
@NullMarked
package dev.belfry.api;

import org.jspecify.annotations.NullMarked;
