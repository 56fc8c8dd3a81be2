package dev.belfry.host.settings;

import dev.belfry.host.config.FromText;
import dev.belfry.host.config.Unsupported;

/** One element of {@code allow} in a rule of the catalog: {@code Group}, or {@code {kind: Group}}. */
@Unsupported(value = "spec.type", instead = "has no effect: the rule allows all entities of the kind")
record AllowedKind(String kind) {

    @FromText(value = "a kind such as User", orObject = AllowedKind.class)
    static AllowedKind parse(String text) {
        return new AllowedKind(text);
    }
}
