/** Where log lines go, and in which form. */
@NullMarked
package dev.belfry.host.logoutput;

import org.jspecify.annotations.NullMarked;
