package dev.belfry.cli.training;

/** The training run failed, so its cache would be incomplete. */
public final class TrainingFailed extends Exception {
    private static final long serialVersionUID = 1L;

    public TrainingFailed(String message) {
        super(message);
    }
}
