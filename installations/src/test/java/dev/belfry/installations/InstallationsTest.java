package dev.belfry.installations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.installations.Bundle.Expected;
import dev.belfry.installations.Bundle.Served;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks and starts installations whose files have the shapes of real ones. */
@Tag("soak")
class InstallationsTest {

    private static final int ENOUGH = 60;

    @TempDir
    Path folder;

    static List<Bundle> bundles() throws IOException, URISyntaxException {
        return Bundles.all();
    }

    @Test
    void thereAreEnough() throws Exception {
        assertThat(bundles()).hasSizeGreaterThanOrEqualTo(ENOUGH);
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void theCheckSaysWhatTheStartSays(Bundle bundle) throws Exception {
        Expected expected = bundle.expected();
        Installation installation = Installation.write(bundle, folder.toRealPath());
        Check check = new Check(installation);
        Report checked = check.config();
        Check.Doctor examined = check.doctor();
        SoftAssertions soft = new SoftAssertions();
        try (RunningInstallation running = RunningInstallation.start(installation)) {
            Report started = running.report();
            assertEachOnce(soft, "faults of the start", started.faults(), expected.faults());
            soft.assertThat(checked.faults())
                    .as("faults of config check")
                    .containsExactlyInAnyOrderElementsOf(started.faults());
            assertEachOnce(soft, "wrong for doctor", examined.wrong(), both(expected.doctor(), expected.faults()));
            if (started.starts()) {
                assertEachOnce(
                        soft,
                        "warnings of the start",
                        started.warnings(),
                        both(expected.warnings(), expected.logged()));
                soft.assertThat(checked.warnings())
                        .as("warnings of config check")
                        .isEqualTo(started.warningsWithout(expected.logged()));
                soft.assertThat(examined.warnings()).as("warnings of doctor").containsAll(checked.warnings());
                expected.served().ifPresent(served -> assertServed(soft, running, served));
            } else {
                // A start that is refused early logs fewer of them.
                for (String part : expected.warnings()) {
                    soft.assertThat(checked.warnings().stream().filter(line -> line.contains(part)))
                            .as("warnings of config check with '" + part + "'")
                            .hasSize(1);
                }
            }
        }
        soft.assertAll();
    }

    private static List<String> both(List<String> some, List<String> others) {
        List<String> both = new ArrayList<>(some);
        both.addAll(others);
        return both;
    }

    private static void assertServed(SoftAssertions soft, RunningInstallation running, Served served) {
        soft.assertThat(running.list(served.as())).as("status of the list").isEqualTo(served.list());
        served.create()
                .ifPresent(status -> soft.assertThat(running.create(served.as()))
                        .as("status of a new notification")
                        .isEqualTo(status));
    }

    /** Each part is in exactly one line, and each line has one of the parts. */
    private static void assertEachOnce(SoftAssertions soft, String what, Collection<String> lines, List<String> parts) {
        for (String part : parts) {
            soft.assertThat(lines.stream().filter(line -> line.contains(part)))
                    .as(what + " with '" + part + "'; all: " + lines)
                    .hasSize(1);
        }
        soft.assertThat(lines.stream().filter(line -> parts.stream().noneMatch(line::contains)))
                .as("other " + what)
                .isEmpty();
    }
}
