/** The host's own configuration: its records, bound like the records of plugins, and the rules over several keys. */
@NullMarked
package dev.belfry.host.settings;

import org.jspecify.annotations.NullMarked;
