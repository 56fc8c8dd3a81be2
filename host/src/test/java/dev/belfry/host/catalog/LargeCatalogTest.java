package dev.belfry.host.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.settings.CatalogSettings;
import dev.belfry.host.settings.CatalogSettings.Location;
import dev.belfry.host.watch.FileWatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The target is 2 seconds on two cores; the assertion leaves room for a busy machine. */
@Tag("soak")
class LargeCatalogTest {

    private static final int USERS = 100_000;
    private static final int GROUPS = 200;
    private static final int LOOKUPS = 1_000_000;

    @TempDir
    Path folder;

    @Test
    void aHundredThousandUsersAreLoadedInTwoSeconds() throws Exception {
        Path file = Files.writeString(folder.resolve("catalog.yaml"), document());
        try (FileWatch watch = new FileWatch()) {
            long began = System.nanoTime();
            YamlCatalog catalog = YamlCatalog.open(
                    new CatalogSettings(List.of(new Location(file, Set.of("user", "group"))), false), watch);
            Duration loaded = Duration.ofNanos(System.nanoTime() - began);

            EntityRef last = EntityRef.user("default", "user-" + (USERS - 1));
            assertThat(catalog.contains(last)).isTrue();
            assertThat(catalog.groupsOf(last)).hasSize(2);
            long looked = System.nanoTime();
            int found = 0;
            for (int i = 0; i < LOOKUPS; i++) {
                found += catalog.groupsOf(last).size();
            }
            long each = (System.nanoTime() - looked) / LOOKUPS;
            assertThat(found).isEqualTo(2 * LOOKUPS);

            System.out.printf(
                    "catalog: %,d users (%,d KiB) loaded in %d ms on %d cores, a lookup takes %d ns%n",
                    USERS,
                    Files.size(file) / 1024,
                    loaded.toMillis(),
                    Runtime.getRuntime().availableProcessors(),
                    each);
            assertThat(loaded).isLessThan(Duration.ofSeconds(15));
            assertThat(each).isLessThan(10_000);
        }
    }

    private static String document() {
        String users = IntStream.range(0, USERS)
                .mapToObj(i -> """
                        ---
                        apiVersion: backstage.io/v1alpha1
                        kind: User
                        metadata:
                          name: user-%d
                        spec:
                          profile:
                            displayName: User %d
                            email: user-%d@example.com
                          memberOf: [group-%d, group-%d]
                        """.formatted(i, i, i, i % GROUPS, (i + 1) % GROUPS))
                .collect(Collectors.joining());
        String groups = IntStream.range(0, GROUPS)
                .mapToObj(i -> "---\nkind: Group\nmetadata:\n  name: group-" + i + "\n")
                .collect(Collectors.joining());
        return users + groups;
    }
}
