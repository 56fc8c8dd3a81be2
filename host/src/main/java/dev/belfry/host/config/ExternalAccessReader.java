package dev.belfry.host.config;

import dev.belfry.api.Secret;
import dev.belfry.api.access.AccessRestriction;
import dev.belfry.api.access.Permission;
import dev.belfry.host.config.AuthSettings.ExternalAccess;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads an item of {@code backend.auth.externalAccess}. */
final class ExternalAccessReader {

    private static final int MIN_TOKEN = 16;

    private ExternalAccessReader() {}

    static Optional<ExternalAccess> read(Section section) {
        Optional<String> type = section.required("type");
        List<AccessRestriction> restrictions = section.sections("accessRestrictions").stream()
                .flatMap(restriction -> restriction(restriction).stream())
                .toList();
        try (Section options = section.section("options")) {
            return switch (type.orElse("")) {
                case "static" -> staticToken(options, restrictions);
                case "jwks" -> jwksAccess(options, restrictions);
                case "legacy" -> legacyAccess(options, restrictions);
                default -> {
                    type.ifPresent(
                            other -> section.problem("type", "must be static, jwks or legacy, not '" + other + "'"));
                    options.ignore(options.keys().toArray(String[]::new));
                    yield Optional.empty();
                }
            };
        }
    }

    private static Optional<ExternalAccess> staticToken(Section options, List<AccessRestriction> restrictions) {
        Optional<String> token = options.required("token").filter(text -> {
            boolean fits = text.length() >= MIN_TOKEN && text.chars().noneMatch(Character::isWhitespace);
            if (!fits) {
                options.problem("token", "must have at least " + MIN_TOKEN + " characters and no whitespace");
            }
            return fits;
        });
        Optional<String> subject = options.required("subject");
        return token.isPresent() && subject.isPresent()
                ? Optional.of(new ExternalAccess.StaticToken(Secret.of(token.get()), subject.get(), restrictions))
                : Optional.empty();
    }

    private static Optional<ExternalAccess> legacyAccess(Section options, List<AccessRestriction> restrictions) {
        Optional<Secret> secret = CredentialKeys.secret(options);
        Optional<String> subject = options.required("subject");
        return secret.isPresent() && subject.isPresent()
                ? Optional.of(new ExternalAccess.Legacy(secret.get(), subject.get(), restrictions))
                : Optional.empty();
    }

    private static Optional<ExternalAccess> jwksAccess(Section options, List<AccessRestriction> restrictions) {
        Optional<URI> url = options.required("url").flatMap(text -> CredentialKeys.address(options, "url", text));
        List<String> issuers = options.words("issuer");
        List<String> audiences = options.words("audience");
        List<String> algorithms = CredentialKeys.algorithms(options, "algorithm");
        Optional<String> prefix = options.text("subjectPrefix");
        return url.map(
                address -> new ExternalAccess.Jwks(address, issuers, audiences, algorithms, prefix, restrictions));
    }

    private static Optional<AccessRestriction> restriction(Section section) {
        try (section) {
            Optional<String> plugin = section.required("plugin");
            Set<String> permissions = new LinkedHashSet<>(section.words("permission"));
            Set<Permission.Action> actions = new LinkedHashSet<>();
            try (Section attributes = section.section("permissionAttribute")) {
                for (String action : attributes.words("action")) {
                    action(attributes, action).ifPresent(actions::add);
                }
            }
            return plugin.map(id -> new AccessRestriction(id, permissions, actions));
        }
    }

    private static Optional<Permission.Action> action(Section section, String name) {
        for (Permission.Action action : Permission.Action.values()) {
            if (action.policyName().equals(name)) {
                return Optional.of(action);
            }
        }
        section.problem("action", "'" + name + "' is not one of create, read, update, delete, use");
        return Optional.empty();
    }
}
