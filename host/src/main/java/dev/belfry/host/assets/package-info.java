/**
 * Files for browsers: an {@code Asset} is one file with its compressed forms, and an {@code AssetFolder} has the assets of
 * a JAR's folder.
 */
@NullMarked
package dev.belfry.host.assets;

import org.jspecify.annotations.NullMarked;
