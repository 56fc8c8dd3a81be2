package dev.belfry.cli;

import dev.belfry.api.ConfigurationException;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.access.TokenMint;
import dev.belfry.host.nimbus.JwtIdentity;
import dev.belfry.host.settings.HostSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code belfry token}. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = "Prints a token for development, signed with a key that the host keeps in its data directory.")
final class TokenCommand implements Runnable {

    /** The subject of the token. */
    static final class Subject {
        @Option(
                names = "--user",
                required = true,
                paramLabel = "REF",
                description = "A user of the catalog, such as default/guest or user:default/guest.")
        private @Nullable String user;

        @Option(names = "--service", required = true, paramLabel = "NAME", description = "A service.")
        private @Nullable String service;
    }

    @ArgGroup(multiplicity = "1")
    private Subject subject = new Subject();

    @Option(
            names = "--ttl",
            paramLabel = "TIME",
            defaultValue = "1h",
            converter = DurationConverter.class,
            description = "How long it lasts, such as 30m, 1h, 7d or PT1H. Default: ${DEFAULT-VALUE}.")
    private Duration lifetime = Duration.ofHours(1);

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().getOut().println(token(mint(HostSettings.from(config.load()))));
    }

    /** @throws ConfigurationException when a host with these settings does not accept development tokens */
    static TokenMint mint(HostSettings settings) {
        if (!settings.auth().developmentTokens()) {
            throw new ConfigurationException(
                    List.of("auth.developmentTokens: this host refuses development tokens; it accepts"
                            + " them where it has a guest and no issuers, or where auth.developmentTokens is true"));
        }
        return JwtIdentity.mint(settings.belfry().dataDirectory(), Clock.systemUTC());
    }

    private String token(TokenMint mint) {
        try {
            if (subject.user != null) {
                EntityRef user = EntityRef.parse(subject.user, EntityRef.USER);
                if (!user.kind().equals(EntityRef.USER)) {
                    throw new IllegalArgumentException("'" + subject.user + "' is no user");
                }
                return mint.forUser(user, lifetime);
            }
            return mint.forService(subject.service == null ? "" : subject.service, lifetime);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
