/** The identity port: JSON web tokens, with Nimbus. */
@NullMarked
package dev.belfry.host.nimbus;

import org.jspecify.annotations.NullMarked;
