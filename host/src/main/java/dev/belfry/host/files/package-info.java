/** The host's own files, and safe reading of files that others write. */
@NullMarked
package dev.belfry.host.files;

import org.jspecify.annotations.NullMarked;
