/** The identity port: JSON web tokens, by Nimbus. */
@NullMarked
package dev.belfry.host.nimbus;

import org.jspecify.annotations.NullMarked;
