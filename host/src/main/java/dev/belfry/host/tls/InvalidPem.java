package dev.belfry.host.tls;

/** A text is not the PEM that it should be. The message completes "the value ..." and repeats nothing of the text. */
public final class InvalidPem extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidPem(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
