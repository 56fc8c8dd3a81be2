package dev.belfry.host.lifecycle;

import java.net.URL;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

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
