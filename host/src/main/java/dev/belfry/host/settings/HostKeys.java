package dev.belfry.host.settings;

import dev.belfry.host.config.Checked;
import dev.belfry.host.config.Checks;
import dev.belfry.host.config.Default;
import dev.belfry.host.config.Dotted;
import dev.belfry.host.config.Key;
import dev.belfry.host.config.OneOrMore;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The sections of the host, and the rules over several of them. */
record HostKeys(
        @Default BackendKeys backend,
        @Default AuthKeys auth,
        @Default PermissionSettings permission,
        @Default CatalogKeys catalog,
        @Default IntegrationSettings integrations,
        @Default BelfrySettings belfry,
        @Default LogSettings log,
        @Default DynamicPluginSettings dynamicPlugins,
        @Key("plugins.required") @OneOrMore Set<String> requiredPlugins,
        @Dotted @OneOrMore Map<String, List<String>> ports)
        implements Checked {

    private static final Pattern BASE_PATH = Pattern.compile(
            "(?!/(?:api|sign-in|livez|readyz|healthz|metrics)(?:/|$))(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

    @Override
    public void check(Checks checks) {
        checkGuest(checks);
        checkSignIn(checks);
        checkBasePath(checks);
        PortSettings portSettings = new PortSettings(ports);
        portSettings.check(checks);
        if (portSettings.isBuiltIn("catalog")) {
            new UnusedIntegrations(
                            catalog.settings(integrations, Optional.empty()).locations(), checks)
                    .check(integrations.github());
        }
    }

    private void checkBasePath(Checks checks) {
        String path = backend.baseUrl().map(URI::getRawPath).orElse("").replaceFirst("/+$", "");
        if (!BASE_PATH.matcher(path).matches()) {
            checks.fault(
                    "backend.baseUrl",
                    "must have a path of letters, digits, '-', '_' and '.', such as /belfry, that does not begin with a path"
                            + " of the host such as /api, not '" + path + "'");
        }
        if (backend.baseUrl()
                .filter(url -> url.getRawQuery() != null || url.getRawFragment() != null)
                .isPresent()) {
            checks.fault("backend.baseUrl", "must have no query and no fragment");
        }
    }

    private void checkSignIn(Checks checks) {
        if (auth.usableOidc().isPresent() && !backend.protectsCookies()) {
            checks.warn(
                    "backend.baseUrl",
                    "nobody can sign in by OpenID Connect (auth.providers.oidc): the cookie of a session would be readable on"
                            + " the network. It must be an https URL, or one of this machine such as http://localhost:7007;"
                            + " or set backend.https");
        }
    }

    /** Everybody who reaches the host can act as the guest. */
    private void checkGuest(Checks checks) {
        if (auth.guest().isEmpty()) {
            return;
        }
        ListenSettings listen = backend.listen();
        if (!auth.guest().get().outsideDevelopment() && !listen.isLoopback()) {
            checks.fault(
                    "backend.listen",
                    "guest access is on (auth.providers.guest), so the host must be a loopback address such as "
                            + ListenSettings.LOOPBACK + ", not '" + listen.host()
                            + "'; switch guest access off, or set"
                            + " auth.providers.guest.dangerouslyAllowOutsideDevelopment: true");
        }
        backend.cors()
                .open()
                .ifPresent(open -> checks.warn(
                        "backend.cors.origin",
                        "'" + open + "' allows pages of any origin, but they do not act as the guest"
                                + " (auth.providers.guest) and change nothing without a token; name the origins of the pages"
                                + " that may"));
    }
}
