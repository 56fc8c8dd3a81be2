/** Trust in plugins: which JARs may run. */
@NullMarked
package dev.belfry.host.trust;

import org.jspecify.annotations.NullMarked;
