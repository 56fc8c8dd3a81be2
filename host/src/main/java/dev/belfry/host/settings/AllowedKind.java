package dev.belfry.host.settings;

import dev.belfry.host.config.Checks;
import dev.belfry.host.config.FromText;
import dev.belfry.host.config.Unsupported;
import dev.belfry.host.spelling.ClosestName;
import java.util.List;

/** One element of {@code allow} in a rule of the catalog: {@code Group}, or {@code {kind: Group}}. */
@Unsupported(value = "spec.type", instead = "has no effect: the rule allows all entities of the kind")
record AllowedKind(String kind) {

    private static final List<String> KINDS = List.of(
            "User", "Group", "Location", "AiResource", "API", "Component", "Domain", "Resource", "System", "Template");

    @FromText(value = "a kind such as User", orObject = AllowedKind.class)
    static AllowedKind parse(String text) {
        return new AllowedKind(text);
    }

    /** Warns of misspelled kinds. Other kinds than Backstage's own are allowed: plugins of Backstage bring some. */
    static void check(List<AllowedKind> allow, Checks checks) {
        for (int i = 0; i < allow.size(); i++) {
            String kind = allow.get(i).kind();
            String key = "allow[" + i + "]";
            if (KINDS.stream().noneMatch(kind::equalsIgnoreCase)) {
                ClosestName.of(kind, KINDS)
                        .ifPresent(near -> checks.warn(
                                key,
                                "'" + kind + "' is no kind of Backstage; did you mean '" + near
                                        + "'? It allows entities of the kind '" + kind + "' only"));
            }
        }
    }
}
