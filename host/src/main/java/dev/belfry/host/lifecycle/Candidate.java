package dev.belfry.host.lifecycle;

import java.nio.file.Path;
import java.util.Optional;

/** Something that may become a running plugin. */
public interface Candidate {

    Descriptor descriptor();

    Origin origin();

    /** The file that was dropped; empty for a plugin on the class path. */
    Optional<Path> file();

    default boolean isFrom(Path other) {
        return file().filter(other::equals).isPresent();
    }

    /**
     * Makes the plugin's code ready to start.
     *
     * @param generation unique name of what is about to start, such as {@code notifications#3}
     */
    PluginCode load(String generation) throws Refusal;

    /** It will not be loaded again; what is loaded stays. */
    default void discard() {}
}
