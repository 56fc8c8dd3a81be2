package dev.belfry.host.settings;

import dev.belfry.api.Secret;
import dev.belfry.host.config.FromText;
import java.util.function.Supplier;

/** A token that is a secret by itself. */
record StaticTokenText(Secret get) implements Supplier<Secret> {

    private static final int MIN_LENGTH = 16;

    @FromText("a string of " + MIN_LENGTH + " characters or more, without whitespace")
    static StaticTokenText parse(String text) {
        if (text.length() < MIN_LENGTH || text.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("too short, or with whitespace");
        }
        return new StaticTokenText(Secret.of(text));
    }
}
