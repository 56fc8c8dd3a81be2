/** Safe output for logs and terminals: no passwords, and no characters that forge lines. */
@NullMarked
package dev.belfry.host.logging;

import org.jspecify.annotations.NullMarked;
