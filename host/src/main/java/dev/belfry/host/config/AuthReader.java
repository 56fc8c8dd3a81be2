package dev.belfry.host.config;

import dev.belfry.api.access.AccessRestriction;
import dev.belfry.api.access.Permission;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.config.AuthSettings.ExternalAccess;
import dev.belfry.host.config.AuthSettings.Guest;
import dev.belfry.host.config.AuthSettings.Issuer;
import dev.belfry.host.config.AuthSettings.JwksSource;
import dev.belfry.host.config.AuthSettings.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code auth} and {@code backend.auth}. */
final class AuthReader {

    private static final List<String> DEFAULT_ALGORITHMS = List.of("ES256", "RS256");
    private static final Set<String> ASYMMETRIC =
            Set.of("ES256", "ES384", "ES512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512");
    /** The family recommends 24 bytes, so RFC 7518's 32 for HS256 (section 3.2) cannot be asked of its keys. */
    private static final int MIN_SECRET_BYTES = 16;

    private static final int MIN_TOKEN = 8;

    private AuthReader() {}

    /** @param guest present when guest access is on */
    record Providers(Optional<Guest> guest) {}

    static Providers providers(Section auth) {
        auth.ignore(
                "environment",
                "session",
                "autologout",
                "experimentalExtraAllowedOrigins",
                "keyStore",
                "backstageTokenExpiration",
                "omitIdentityTokenOwnershipClaim",
                "experimentalClientIdMetadataDocuments",
                "experimentalDynamicClientRegistration",
                "identityTokenAlgorithm",
                "refreshToken",
                "secret");
        Section providers = auth.section("providers");
        List<String> others =
                providers.keys().stream().filter(key -> !key.equals("guest")).toList();
        providers.ignore(others.toArray(String[]::new));
        Value guest = providers.peek("guest");
        if (guest instanceof Value.Scalar) {
            // An empty one is absent, as every empty key: a later file switches the guest off by it.
            boolean on = providers.flag("guest").orElse(false);
            return new Providers(on ? Optional.of(defaultGuest()) : Optional.empty());
        }
        try (Section section = providers.section("guest")) {
            EntityRef user = section.text("userEntityRef")
                    .flatMap(text -> ref(section, "userEntityRef", text))
                    .orElse(defaultGuest().user());
            boolean outside = section.flag("dangerouslyAllowOutsideDevelopment").orElse(false);
            section.ignore("ownershipEntityRefs", "development");
            return new Providers(section.isPresent() ? Optional.of(new Guest(user, outside)) : Optional.empty());
        }
    }

    private static Guest defaultGuest() {
        return new Guest(EntityRef.user(EntityRef.DEFAULT_NAMESPACE, "guest"), false);
    }

    private static Optional<EntityRef> ref(Section section, String key, String text) {
        try {
            EntityRef ref = EntityRef.parse(text, EntityRef.USER);
            if (ref.kind().equals(EntityRef.USER)) {
                return Optional.of(ref);
            }
            section.fault(key, "must be a user such as user:default/guest, not '" + text + "'");
        } catch (IllegalArgumentException e) {
            section.fault(key, String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    static AuthSettings read(Section auth, Section backend, Providers providers) {
        List<Issuer> issuers = new ArrayList<>();
        for (Section issuer : auth.sections("issuers")) {
            try (issuer) {
                issuer(issuer).ifPresent(issuers::add);
            }
        }
        boolean developmentTokens = auth.flag("developmentTokens").orElse(true);
        List<Secret> keys = new ArrayList<>();
        List<ExternalAccess> external = new ArrayList<>();
        try (Section backendAuth = backend.section("auth")) {
            for (Section key : backendAuth.sections("keys")) {
                try (key) {
                    required(key, "secret")
                            .flatMap(secret -> secret(key, secret))
                            .ifPresent(keys::add);
                }
            }
            for (Section access : backendAuth.sections("externalAccess")) {
                try (access) {
                    externalAccess(access).ifPresent(external::add);
                }
            }
            backendAuth.ignore("dangerouslyDisableDefaultAuthPolicy", "pluginKeyStore");
        }
        return new AuthSettings(issuers, keys, external, providers.guest(), developmentTokens);
    }

    private static Optional<Issuer> issuer(Section section) {
        Optional<String> name = required(section, "issuer");
        List<String> audience = section.words("audience");
        if (audience.isEmpty()) {
            section.fault("audience", "is missing: say for whom tokens of this issuer must be meant");
        }
        List<String> algorithms = algorithms(section, "algorithms");
        Optional<JwksSource> jwks = required(section, "jwks").flatMap(text -> jwks(section, text));
        return name.isPresent() && jwks.isPresent()
                ? Optional.of(new Issuer(name.get(), audience, jwks.get(), algorithms))
                : Optional.empty();
    }

    private static Optional<String> required(Section section, String key) {
        Optional<String> text = section.text(key);
        if (section.peek(key) == null) {
            section.fault(key, "is missing");
        }
        return text;
    }

    private static List<String> algorithms(Section section, String key) {
        List<String> algorithms = section.words(key);
        // HS256 and its like are not among them: with a key that is published anybody could sign.
        algorithms.stream()
                .filter(name -> !ASYMMETRIC.contains(name))
                .forEach(name -> section.fault(
                        key, "'" + name + "' is none of " + String.join(", ", new java.util.TreeSet<>(ASYMMETRIC))));
        return algorithms.isEmpty() ? DEFAULT_ALGORITHMS : algorithms;
    }

    private static Optional<JwksSource> jwks(Section section, String text) {
        if (text.startsWith("http://") || text.startsWith("https://")) {
            return address(section, "jwks", text).map(JwksSource.Url::new);
        }
        return section.file("jwks").map(JwksSource.File::new);
    }

    private static Optional<URI> address(Section section, String key, String text) {
        try {
            URI address = new URI(text);
            if (address.getHost() != null && List.of("http", "https").contains(address.getScheme())) {
                return Optional.of(address);
            }
        } catch (URISyntaxException e) {
            // The rule is the same.
        }
        section.fault(key, "must be an address of http or https, not '" + text + "'");
        return Optional.empty();
    }

    /** Base64 in either alphabet, as the family's own reader takes it. */
    private static Optional<Secret> secret(Section section, String text) {
        try {
            byte[] bytes = Base64.getDecoder()
                    .decode(text.replaceAll("\\s", "").replace('-', '+').replace('_', '/'));
            if (bytes.length >= MIN_SECRET_BYTES) {
                return Optional.of(new Secret(bytes));
            }
            section.fault("secret", "must hold at least " + MIN_SECRET_BYTES + " bytes, not " + bytes.length);
        } catch (IllegalArgumentException e) {
            section.fault("secret", "must be base64");
        }
        return Optional.empty();
    }

    private static Optional<ExternalAccess> externalAccess(Section section) {
        Optional<String> type = required(section, "type");
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
                            other -> section.fault("type", "must be static, jwks or legacy, not '" + other + "'"));
                    options.ignore(options.keys().toArray(String[]::new));
                    yield Optional.empty();
                }
            };
        }
    }

    private static Optional<ExternalAccess> staticToken(Section options, List<AccessRestriction> restrictions) {
        Optional<String> token = required(options, "token").filter(text -> {
            boolean fits = text.length() >= MIN_TOKEN && text.chars().noneMatch(Character::isWhitespace);
            if (!fits) {
                options.fault("token", "must have at least " + MIN_TOKEN + " characters and no blanks");
            }
            return fits;
        });
        Optional<String> subject = required(options, "subject");
        return token.isPresent() && subject.isPresent()
                ? Optional.of(new ExternalAccess.StaticToken(
                        new Secret(token.get().getBytes(StandardCharsets.UTF_8)), subject.get(), restrictions))
                : Optional.empty();
    }

    private static Optional<ExternalAccess> legacyAccess(Section options, List<AccessRestriction> restrictions) {
        Optional<Secret> secret = required(options, "secret").flatMap(text -> secret(options, text));
        Optional<String> subject = required(options, "subject");
        return secret.isPresent() && subject.isPresent()
                ? Optional.of(new ExternalAccess.Legacy(secret.get(), subject.get(), restrictions))
                : Optional.empty();
    }

    private static Optional<ExternalAccess> jwksAccess(Section options, List<AccessRestriction> restrictions) {
        Optional<URI> url = required(options, "url").flatMap(text -> address(options, "url", text));
        List<String> issuers = options.words("issuer");
        List<String> audiences = options.words("audience");
        List<String> algorithms = algorithms(options, "algorithm");
        Optional<String> prefix = options.text("subjectPrefix");
        return url.map(
                address -> new ExternalAccess.Jwks(address, issuers, audiences, algorithms, prefix, restrictions));
    }

    private static Optional<AccessRestriction> restriction(Section section) {
        try (section) {
            Optional<String> plugin = required(section, "plugin");
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
        section.fault("action", "'" + name + "' is none of create, read, update, delete, use");
        return Optional.empty();
    }
}
