package dev.belfry.host.config;

import java.util.Locale;

/** Booleans as Backstage reads them. */
public final class Booleans {

    private Booleans() {}

    /** @throws IllegalArgumentException when the text is no boolean */
    public static boolean parse(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "y", "on", "1" -> true;
            case "false", "no", "n", "off", "0" -> false;
            default -> throw new IllegalArgumentException("no boolean");
        };
    }
}
