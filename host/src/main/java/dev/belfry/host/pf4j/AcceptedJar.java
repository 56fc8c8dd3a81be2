package dev.belfry.host.pf4j;

import dev.belfry.host.lifecycle.Descriptor;
import java.nio.file.Path;
import java.util.Map;

/**
 * A dropped JAR that passed all checks.
 *
 * @param copy the host's own copy; this object counts as one use of it
 * @param provider name of the plugin class
 * @param exported classes of the exported packages, by name
 */
record AcceptedJar(Path dropped, Path copy, Descriptor descriptor, String provider, Map<String, byte[]> exported) {}
