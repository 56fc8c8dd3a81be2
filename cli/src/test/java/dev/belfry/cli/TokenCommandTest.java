package dev.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.belfry.api.access.Caller;
import dev.belfry.api.access.Credentials;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.access.FailedCredentials;
import dev.belfry.host.config.Config;
import dev.belfry.host.nimbus.JwtIdentity;
import dev.belfry.host.settings.HostSettings;
import dev.belfry.host.tracing.Tracing;
import dev.belfry.host.watch.FileWatch;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class TokenCommandTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path config;

    @BeforeEach
    void write() throws Exception {
        config = Files.writeString(
                folder.resolve("app.yaml"),
                "belfry: {dataDirectory: data}\nauth: {providers: {guest: {}}}\ncatalog: {locations: [{target: org.yaml}]}\n");
        Files.writeString(folder.resolve("org.yaml"), "kind: User\nmetadata: {name: guest}\n");
    }

    private int run(String... arguments) {
        CommandLine command = BelfryCommand.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        String[] all = new String[arguments.length + 3];
        all[0] = "token";
        all[1] = "--config";
        all[2] = config.toString();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return command.execute(all);
    }

    private String token() {
        return out.toString().strip();
    }

    /** The caller that a host with this configuration sees in the printed token. */
    private Caller proven() throws Exception {
        HostSettings settings = HostSettings.from(Config.load(List.of(config)));
        Credentials credentials = new Credentials() {
            @Override
            public Optional<String> header(String name) {
                return name.equals("Authorization") ? Optional.of("Bearer " + token()) : Optional.empty();
            }

            @Override
            public Optional<String> cookie(String name) {
                return Optional.empty();
            }
        };
        try (FileWatch watch = new FileWatch()) {
            return JwtIdentity.of(
                            settings.auth(),
                            settings.belfry().dataDirectory(),
                            Optional.empty(),
                            Clock.systemUTC(),
                            new FailedCredentials(0, System::nanoTime),
                            watch,
                            Tracing.off())
                    .identify(credentials)
                    .orElseThrow();
        }
    }

    private Duration lifetime() throws Exception {
        JWTClaimsSet claims = SignedJWT.parse(token()).getJWTClaimsSet();
        return Duration.between(
                claims.getIssueTime().toInstant(), claims.getExpirationTime().toInstant());
    }

    @ParameterizedTest
    @ValueSource(strings = {"default/guest", "user:default/guest", "guest", "User:Default/Guest"})
    void aUserTokenIsTheOnlyOutput(String user) throws Exception {
        assertThat(run("--user", user)).isZero();

        assertThat(out.toString()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+\\R");
        assertThat(err.toString()).isEmpty();
        assertThat(((Caller.User) proven()).ref()).isEqualTo(EntityRef.user("default", "guest"));
    }

    @Test
    void aUserWhomTheCatalogDoesNotHaveIsAWarningWithTheNearName() throws Exception {
        assertThat(run("--user", "gest")).isZero();

        assertThat(out.toString()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+\\R");
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("WARN the catalog has no user 'user:default/gest' (did you mean"
                        + " 'user:default/guest'?). A host refuses the token");
    }

    /** Nobody is asked for a token. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ports: {catalog: directory}",
                "catalog: {locations: [{type: url, target: 'https://catalog.invalid/org.yaml'}]}"
            })
    void ofACatalogThatIsNotKnownNothingIsSaid(String catalog) throws Exception {
        Files.writeString(config, "belfry: {dataDirectory: data}\nauth: {providers: {guest: {}}}\n" + catalog + "\n");

        assertThat(run("--user", "gest")).isZero();
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"default/mar\u212A", "u\u017Fer:default/ada", "default/a\u001b[31m"})
    void aNameWithLookalikeLettersIsRejected(String user) {
        assertThat(run("--user", user)).isEqualTo(2);

        assertThat(token()).isEmpty();
        assertThat(err.toString())
                .contains("must have 1 to 63 of the characters")
                .doesNotContain("\u001b");
    }

    @Test
    void aServiceTokenIsTheOnlyOutput() throws Exception {
        assertThat(run("--service", "ci")).isZero();

        assertThat(proven()).isEqualTo(Caller.service("service:ci"));
    }

    @Test
    void aLifetimeOfManyYearsIsAWarning() {
        assertThat(run("--service", "ci", "--ttl", "100000d")).isZero();
        assertThat(err.toString()).startsWith("WARN the token is valid for 100000 days");
    }

    @Test
    void theDefaultLifetimeIsAnHour() throws Exception {
        run("--user", "default/guest");

        assertThat(lifetime()).isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @CsvSource({"90s, PT90S", "30m, PT30M", "1h, PT1H", "7d, P7D", "1h30m, PT90M", "PT10M, PT10M", "P2D, P2D"})
    void theLifetimeHasSeveralFormats(String written, Duration meant) throws Exception {
        assertThat(run("--user", "default/guest", "--ttl", written)).isZero();

        assertThat(lifetime()).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "-1h", "soon", "1", "h", ""})
    void anInvalidLifetimeIsRejected(String written) {
        assertThat(run("--user", "default/guest", "--ttl=" + written)).isEqualTo(CommandLine.ExitCode.USAGE);

        assertThat(token()).isEmpty();
        assertThat(err.toString()).contains("--ttl");
    }

    @ParameterizedTest
    @ValueSource(strings = {"group:default/team", "a/b/c", "default/ä"})
    void anInvalidUserIsRejected(String user) {
        assertThat(run("--user", user)).isEqualTo(CommandLine.ExitCode.USAGE);

        assertThat(token()).isEmpty();
        assertThat(err.toString()).contains("'");
    }

    @Test
    void exactlyOneSubjectIsRequired() {
        assertThat(run()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(run("--user", "default/guest", "--service", "ci")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(token()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth: {developmentTokens: false, providers: {guest: {}}}",
                "belfry: {dataDirectory: data}",
                "auth: {providers: {guest: {}}, issuers: [{issuer: x, audience: y, jwks: 'https://z'}]}"
            })
    void noTokenIsIssuedIfTheHostDoesNotAcceptIt(String settings) throws Exception {
        Files.writeString(config, settings + "\n");

        assertThat(run("--user", "default/guest")).isNotZero();
        assertThat(token()).isEmpty();
        assertThat(err.toString()).contains("auth.developmentTokens: this host refuses development tokens");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void configurationProblemsAreReported() throws Exception {
        Files.writeString(config, "belfry: {dataDir: data}\n");

        assertThat(run("--user", "default/guest")).isNotZero();
        assertThat(err.toString()).contains("app.yaml:1: belfry.dataDir: unknown key");
    }
}
