package dev.belfry.host.lifecycle;

import java.net.URL;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Something that may become a running plugin. */
public interface Candidate {

    Descriptor descriptor();

    PluginOrigin origin();

    /** The file that was dropped; empty for a plugin on the class path. */
    Optional<Path> file();

    /** Where its own files are: its JAR, or its folder of classes. */
    URL location();

    /** Whether the other one is the same, byte for byte, perhaps under another name. */
    boolean isSameCodeAs(Candidate other);

    default boolean isFrom(Path other) {
        return file().filter(other::equals).isPresent();
    }

    /**
     * What it exports.
     *
     * @param others the contracts that its exported classes may name, by plugin
     * @throws Refusal when they name something else
     */
    Contract contract(Map<String, Contract> others) throws Refusal;

    /**
     * Makes the plugin's code ready to start.
     *
     * @param generation unique name of what is about to start, such as {@code notifications#3}
     */
    PluginCode load(String generation, LinkedContracts linked) throws Refusal;

    /** It will not be loaded again; what is loaded stays. */
    default void discard() {}
}
