package dev.belfry.host.training;

/** The training could not be done as it must; a cache of it would miss what it is made for. */
public final class TrainingFailed extends Exception {
    private static final long serialVersionUID = 1L;

    public TrainingFailed(String message) {
        super(message);
    }
}
