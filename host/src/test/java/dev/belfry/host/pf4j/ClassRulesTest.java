package dev.belfry.host.pf4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.belfry.api.Plugin;
import io.javalin.http.Context;
import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import jakarta.servlet.http.HttpServletRequest;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kotlin.Unit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** Compares the list of the host's packages with the content of the libraries. */
class ClassRulesTest {

    /** One class of each library in the signatures of the plugin API. */
    private static final List<Class<?>> SIGNATURES = List.of(
            Plugin.class,
            Logger.class,
            Context.class,
            HttpServletRequest.class,
            Unit.class,
            JsonProperty.class,
            MeterRegistry.class,
            KeyValue.class,
            Observation.class,
            Nullable.class);

    private static Path placeOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> classesIn(Path place) {
        if (Files.isDirectory(place)) {
            try (Stream<Path> files = Files.walk(place)) {
                return names(files.map(file -> place.relativize(file).toString().replace(File.separatorChar, '/')));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        try (JarFile jar = new JarFile(place.toFile())) {
            return names(jar.stream().map(JarEntry::getName));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Set<String> names(Stream<String> entries) {
        return entries.filter(entry -> entry.endsWith(".class") && entry.contains("/"))
                .filter(entry -> !entry.startsWith("META-INF/"))
                .map(entry ->
                        entry.substring(0, entry.length() - ".class".length()).replace('/', '.'))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void librariesInApiSignaturesAreProvidedByTheHost() {
        for (Class<?> type : SIGNATURES) {
            assertThat(classesIn(placeOf(type)))
                    .as("classes beside " + type.getName())
                    .isNotEmpty()
                    .allMatch(ClassRules::isHostOnly);
        }
    }

    @Test
    void otherLibrariesAreNotProvided() {
        Set<Path> signatures = SIGNATURES.stream().map(ClassRulesTest::placeOf).collect(Collectors.toSet());
        List<Path> others = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::exists)
                .filter(place -> !signatures.contains(place))
                // Further libraries of Kotlin are here for tests only.
                .filter(place -> !place.getFileName().toString().startsWith("kotlin"))
                .toList();

        assertThat(others).hasSizeGreaterThan(30);
        others.forEach(
                place -> assertThat(classesIn(place)).as(place.toString()).noneMatch(ClassRules::isHostOnly));
    }

    @Test
    void theHostItselfIsNeverVisible() {
        assertThat(ClassRules.isHostOnly("dev.belfry.host.Belfry")).isFalse();
        assertThat(ClassRules.isOffered("dev.belfry.host.Belfry")).isFalse();
        assertThat(ClassRules.isOffered("org.flywaydb.core.Flyway")).isFalse();
        assertThat(ClassRules.isOffered("com.fasterxml.jackson.databind.ObjectMapper"))
                .isFalse();
    }
}
