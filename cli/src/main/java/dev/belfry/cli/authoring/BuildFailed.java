package dev.belfry.cli.authoring;

/** A plugin could not be built. The message is the output of the compiler or of Maven. */
public final class BuildFailed extends Exception {

    private static final long serialVersionUID = 1L;

    BuildFailed(String message) {
        super(message);
    }
}
