package dev.belfry.host.settings;

import dev.belfry.api.Secret;
import dev.belfry.host.config.Checks;
import dev.belfry.host.config.FromText;
import java.util.function.Supplier;

/** A token that is a secret by itself. */
record StaticTokenText(Secret get) implements Supplier<Secret> {

    private static final int MIN_LENGTH = 16;

    @FromText("a string of " + MIN_LENGTH + " characters or more, without whitespace")
    static StaticTokenText parse(String text) {
        if (text.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("with whitespace");
        }
        return new StaticTokenText(Secret.of(text));
    }

    /** Whether the token can be believed: a short one can be guessed. */
    static boolean isLongEnough(Secret token) {
        return token.text().length() >= MIN_LENGTH;
    }

    static void warnIfShort(Secret token, String name, Checks checks) {
        if (!isLongEnough(token)) {
            checks.warn(name, "is shorter than " + MIN_LENGTH + " characters, so this token is refused");
        }
    }
}
