package dev.belfry.host.lifecycle;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A plugin that the host could run: a JAR in the plugin folder, or a plugin on the class path. */
public interface Candidate {

    Descriptor descriptor();

    PluginOrigin origin();

    /** The dropped file; empty for a plugin on the class path. */
    Optional<Path> file();

    /** Location of the plugin's own files: its JAR, or its folder of classes. */
    URL location();

    /** Whether the other candidate has the same content, byte for byte; the file name may differ. */
    boolean isSameCodeAs(Candidate other);

    default boolean isFrom(Path other) {
        return file().filter(other::equals).isPresent();
    }

    /**
     * The contract of its exported packages.
     *
     * @param others contracts that the exported classes may refer to, by plugin id
     * @throws Refusal when the exported classes refer to anything else
     */
    Contract contract(Map<String, Contract> others) throws Refusal;

    /**
     * The classes to which the plugin's own classes refer and which the plugin cannot see, each with one that refers to it.
     *
     * @param exported the classes that its dependencies export
     * @return empty for a plugin on the class path, where the application decides
     * @throws IOException when the plugin cannot be read
     */
    default Map<String, String> missingClasses(Predicate<String> exported) throws IOException {
        return Map.of();
    }

    /** Whether this is one of the classes that the plugin exports. */
    default boolean exports(String className) {
        return false;
    }

    /**
     * Loads the plugin's code.
     *
     * @param generation unique name of the generation that will start, such as {@code notifications#3}
     */
    PluginCode load(String generation, LinkedContracts linked) throws Refusal;

    /** The candidate can be loaded until {@link #discard} has been called once more. */
    default void retain() {}

    /** The candidate will not be loaded again. Loaded code stays loaded. */
    default void discard() {}
}
