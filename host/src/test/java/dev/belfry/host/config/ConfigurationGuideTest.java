package dev.belfry.host.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide documents exactly the keys that the code reads. */
class ConfigurationGuideTest {

    private static final Path GUIDE = Path.of("../docs/configuration.md");
    private static final Pattern ROW = Pattern.compile("^\\| `([^`]+)` \\|", Pattern.MULTILINE);

    private static final Pattern EXAMPLE = Pattern.compile("^```yaml\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);

    /** Every form of each key: which keys are read depends on the forms. */
    private static final List<String> FORMS = List.of("""
            backend:
              listen: {host: 127.0.0.1}
              database:
                client: pg
                connection: {host: db, ssl: {ca: x}}
                plugin: {<id>: {client: pg, connection: {host: db}}}
              auth:
                keys: [{secret: MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0}]
                externalAccess:
                  - type: static
                    options: {token: long-enough-for-a-token, subject: x}
                    accessRestrictions: [{plugin: x}]
                  - {type: jwks, options: {url: 'https://x'}}
                  - {type: legacy, options: {secret: MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0, subject: x}}
            auth:
              issuers: [{issuer: x, audience: y, jwks: 'https://z'}]
              providers: {guest: {}}
            ports: {<id>: {<name>: x}}
            dynamicPlugins: {plugins: [{package: x.jar}]}
            catalog:
              rules: [{allow: User, locations: [{exact: x}]}]
              locations: [{target: x, rules: [{allow: User}]}]
            """, """
            backend:
              database:
                connection: {directory: data}
                plugin: {<id>: {connection: {filename: x}}}
            """);

    @TempDir
    Path folder;

    private Set<String> known() {
        Set<String> keys = new TreeSet<>();
        for (String form : FORMS) {
            ConfigFolder config = new ConfigFolder(folder).file("app.yaml", form);
            SettingsReader reader = new SettingsReader(config.load("app.yaml"));
            reader.read();
            keys.addAll(reader.knownKeys());
        }
        // Keys of a plugin's section repeat those of the shared section.
        keys.removeIf(key -> key.startsWith("backend.database.plugin.<id>."));
        keys.add("backend.database.plugin.<id>");
        return keys;
    }

    private static Set<String> documented() throws Exception {
        Matcher row = ROW.matcher(Files.readString(GUIDE));
        return row.results()
                .map(found -> found.group(1))
                .filter(key -> HostSettings.SECTIONS.contains(key.replaceFirst("\\..*", "")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isOnlyAHolder(String key, Set<String> keys) {
        return keys.stream().anyMatch(other -> other.startsWith(key + ".") || other.startsWith(key + "[]."));
    }

    @Test
    void everyKeyIsInTheGuide() throws Exception {
        Set<String> known = known();
        Set<String> leaves =
                known.stream().filter(key -> !isOnlyAHolder(key, known)).collect(Collectors.toSet());

        assertThat(leaves).hasSizeGreaterThan(70);
        assertThat(documented()).containsAll(leaves);
    }

    @Test
    void everyKeyOfTheGuideIsRead() throws Exception {
        assertThat(known()).containsAll(documented());
    }

    /** The examples of the guide work when copied. */
    @Test
    void theExamplesOfTheGuideAreValid() throws Exception {
        ConfigFolder config = new ConfigFolder(folder);
        List.of("BACKEND_SECRET", "POSTGRES_PASSWORD", "CI_TOKEN")
                .forEach(name -> config.variable(name, "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0"));
        List<String> examples = EXAMPLE.matcher(Files.readString(GUIDE))
                .results()
                .map(found -> found.group(1).replace("/run/secrets/db-password", "password"))
                .toList();

        assertThat(examples).hasSizeGreaterThan(2);
        config.file("password", "x");
        examples.forEach(
                example -> assertThat(config.settings(example).ignored()).isEmpty());
    }
}
