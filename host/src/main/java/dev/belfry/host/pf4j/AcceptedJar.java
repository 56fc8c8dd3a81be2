package dev.belfry.host.pf4j;

import dev.belfry.host.lifecycle.Descriptor;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a look at a dropped JAR gave.
 *
 * @param copy the host's own copy, of which this counts as one use
 * @param provider name of the plugin class
 * @param exported the classes of the exported packages, by name
 */
record AcceptedJar(Path dropped, Path copy, Descriptor descriptor, String provider, Map<String, byte[]> exported) {}
