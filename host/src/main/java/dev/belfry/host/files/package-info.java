/** Reading files that others write. */
@NullMarked
package dev.belfry.host.files;

import org.jspecify.annotations.NullMarked;
