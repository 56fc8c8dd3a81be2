package dev.belfry.host.config;

/** A method with {@link FromText} that takes words refuses one of them. */
public final class RefusedWord extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String word;

    public RefusedWord(String word, Throwable cause) {
        super("'" + word + "' is refused", cause);
        this.word = word;
    }

    String word() {
        return word;
    }
}
