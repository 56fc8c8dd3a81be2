package dev.belfry.host.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.host.config.ConfigFolder;
import dev.belfry.host.config.RecordSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide documents exactly the keys that the code reads. */
class ConfigurationGuideTest {

    private static final Path GUIDE = Path.of("../docs/configuration.md");
    private static final Pattern ROW = Pattern.compile("^\\| `([^`]+)` \\|", Pattern.MULTILINE);

    private static final Pattern EXAMPLE = Pattern.compile("^```yaml\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);

    private static final Set<String> SECTIONS =
            known().stream().map(key -> key.replaceFirst("\\..*", "")).collect(Collectors.toSet());

    @TempDir
    Path folder;

    private static Set<String> known() {
        Set<String> keys = new TreeSet<>();
        collect("", RecordSchema.of(HostKeys.class), keys);
        // Keys of a plugin's section repeat those of the shared section.
        keys.removeIf(key -> key.startsWith("backend.database.plugin.<id>."));
        keys.add("backend.database.plugin.<id>");
        keys.addAll(List.of("ports.identity", "ports.permission", "ports.catalog", "ports.<id>.<name>"));
        keys.remove("ports.<id>");
        return keys;
    }

    private static void collect(String path, Object schema, Set<String> keys) {
        if (!(schema instanceof Map<?, ?> map)) {
            return;
        }
        if (!path.isEmpty()) {
            keys.add(path);
        }
        if (map.get("properties") instanceof Map<?, ?> properties) {
            String prefix = path.isEmpty() ? "" : path + ".";
            properties.forEach((key, inner) -> collect(prefix + key, inner, keys));
        }
        if (map.get("anyOf") instanceof List<?> forms) {
            forms.forEach(form -> collect(path, form, keys));
        }
        collectInner(path + "[]", map.get("items"), keys);
        collectInner(path + ".<id>", map.get("additionalProperties"), keys);
    }

    /** Strings within an array are not keys. */
    private static void collectInner(String path, @Nullable Object schema, Set<String> keys) {
        if (schema instanceof Map<?, ?> map
                && (path.endsWith("<id>") || map.containsKey("properties") || map.containsKey("anyOf"))) {
            collect(path, map, keys);
        }
    }

    private static Set<String> documented() throws Exception {
        Matcher row = ROW.matcher(Files.readString(GUIDE));
        return row.results()
                .map(found -> found.group(1))
                .filter(key -> SECTIONS.contains(key.replaceFirst("\\..*", "")))
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
        examples.forEach(example -> {
            config.settings(example);
            assertThat(config.ignored()).isEmpty();
        });
    }
}
